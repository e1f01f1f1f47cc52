import { X509Certificate } from "node:crypto";
import { mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { createCA, createCert } from "mkcert";
import { openCertificate } from "../../src/server/certificate.ts";

const day = 24 * 60 * 60 * 1000;
const emptyFolder = () => mkdtemp(join(tmpdir(), "certs-"));

test("makes a certificate for localhost by either address, signed by the authority in ca.crt", async () => {
  const folder = await emptyFolder();
  const { cert, made } = await openCertificate(folder);
  const certificate = new X509Certificate(cert);
  const authority = new X509Certificate(await readFile(join(folder, "ca.crt")));
  expect(made).toBe(true);
  expect(certificate.subjectAltName).toBe("DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1");
  expect(certificate.verify(authority.publicKey)).toBe(true);
  expect(authority.ca).toBe(true);
  const days = (Date.parse(certificate.validTo) - Date.now()) / day;
  expect(days).toBeGreaterThan(365);
  expect(days).toBeLessThan(825);
});

test("keeps the key to its owner, and the authority's key nowhere", async () => {
  const folder = await emptyFolder();
  const { cert } = await openCertificate(folder);
  // Windows knows no such modes: there, who may read a file is inherited from its folder.
  if (process.platform !== "win32") expect((await stat(join(folder, "localhost.key"))).mode & 0o777).toBe(0o600);
  expect((await readdir(folder)).sort((a, b) => a.localeCompare(b))).toEqual([
    "ca.crt",
    "localhost.crt",
    "localhost.key",
  ]);
  const keys = (await readFile(join(folder, "localhost.key"), "utf8")).match(/BEGIN/g);
  expect(keys).toHaveLength(1);
  expect(cert.match(/BEGIN CERTIFICATE/g)).toHaveLength(1);
});

test("keeps a good one, and renews one that is about to end", async () => {
  const folder = await emptyFolder();
  const first = await openCertificate(folder);
  expect(await openCertificate(folder)).toEqual({ ...first, made: false });

  const ca = await createCA({ organization: "x", countryCode: "US", state: "-", locality: "-", validity: 20 });
  const ending = await createCert({ ca, domains: ["localhost"], validity: 20 });
  await writeFile(join(folder, "localhost.crt"), ending.cert);
  const renewed = await openCertificate(folder);
  expect(renewed.made).toBe(true);
  expect(Date.parse(new X509Certificate(renewed.cert).validTo) - Date.now()).toBeGreaterThan(365 * day);
});

test("names the file that is no certificate, or cannot be read", async () => {
  const folder = await emptyFolder();
  await openCertificate(folder);
  await writeFile(join(folder, "localhost.crt"), "junk");
  await expect(openCertificate(folder)).rejects.toThrow(/localhost\.crt is no certificate; delete it/);
  await expect(openCertificate(join(folder, "localhost.key"))).rejects.toThrow(/cannot be read/);
});
