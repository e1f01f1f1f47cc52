import { X509Certificate } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { CertificateError, loadCertificate } from "../../src/server/certificate.ts";

// These tests run in one worker, because they share certificates that are slow to create.
test.describe.configure({ mode: "default" });

const day = 24 * 60 * 60 * 1000;

/** Contains the folders of all tests. */
let parent = "";
const emptyFolder = () => mkdtemp(join(parent, "certs-"));

type Loaded = { folder: string } & Awaited<ReturnType<typeof loadCertificate>>;
let good: Loaded;
let foreign: Loaded;
test.beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "certs-"));
  const [empty, withOldKey] = [await emptyFolder(), await emptyFolder()];
  await writeFile(join(withOldKey, "localhost.key"), "an old key", { mode: 0o644 });
  good = { folder: empty, ...(await loadCertificate(empty)) };
  foreign = { folder: withOldKey, ...(await loadCertificate(withOldKey)) };
});
test.afterAll(() => rm(parent, { recursive: true, force: true }));

test("creates a certificate for localhost and its addresses, signed by the certificate authority in ca.crt", async () => {
  const { folder, cert, created } = good;
  const certificate = new X509Certificate(cert);
  const authority = new X509Certificate(await readFile(join(folder, "ca.crt")));
  expect(created).toBe("at least one of its files was missing");
  expect(certificate.subjectAltName).toBe("DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1");
  expect(certificate.verify(authority.publicKey)).toBe(true);
  expect(authority.ca).toBe(true);
  const days = (Date.parse(certificate.validTo) - Date.now()) / day;
  expect(days).toBeGreaterThan(365);
  expect(days).toBeLessThan(825);
});

test("makes the key readable only by its owner, and does not store the certificate authority's key", async () => {
  const { folder, cert } = foreign;
  // On Windows, a file has no such mode, and inherits its permissions from its folder.
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

test.describe("an existing certificate", () => {
  const { now } = Date;
  test.afterEach(() => {
    Date.now = now;
  });
  const read = ({ folder }: Loaded, name: string) => readFile(join(folder, name), "utf8");

  /** Copies the folder of the valid certificate, replaces these files, and loads the certificate. */
  async function loadWith(files: Record<string, string>) {
    const folder = await emptyFolder();
    await cp(good.folder, folder, { recursive: true });
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    return loadCertificate(folder);
  }

  test("stays in use while it is valid", async () => {
    const [key, cert, ca] = await Promise.all(
      ["localhost.key", "localhost.crt", "ca.crt"].map((name) => read(good, name)),
    );
    expect(await loadWith({})).toEqual({ key, cert, ca, created: undefined });
  });

  const faults: [fault: string, files: () => Promise<Record<string, string>>, reason: string][] = [
    ["an invalid certificate", async () => ({ "localhost.crt": "junk" }), "localhost.crt is not a certificate"],
    ["an invalid authority", async () => ({ "ca.crt": "junk" }), "ca.crt is not a certificate"],
    [
      "an authority file that is cut off",
      async () => ({ "ca.crt": (await read(good, "ca.crt")).slice(0, 500) }),
      "ca.crt is not a certificate",
    ],
    [
      "the authority of another certificate",
      async () => ({ "ca.crt": await read(foreign, "ca.crt") }),
      "not signed by the authority in ca.crt",
    ],
    [
      "the key of another certificate",
      async () => ({ "localhost.key": await read(foreign, "localhost.key") }),
      "localhost.key is invalid or does not match",
    ],
    ["an invalid key", async () => ({ "localhost.key": "junk" }), "localhost.key is invalid or does not match"],
  ];
  for (const [fault, files, reason] of faults) {
    test(`is replaced, with a stated reason, if the folder contains ${fault}`, async () => {
      const { created, cert, ca } = await loadWith(await files());
      expect(created).toContain(reason);
      expect(cert).not.toBe(await read(good, "localhost.crt"));
      expect(new X509Certificate(cert).verify(new X509Certificate(ca).publicKey)).toBe(true);
    });
  }

  test("is replaced, with a stated reason, if it is not valid yet or is about to expire", async () => {
    Date.now = () => now() - 2 * day;
    expect((await loadWith({})).created).toBe("localhost.crt is not valid yet");
    Date.now = () => now() + 800 * day;
    expect((await loadWith({})).created).toMatch("localhost.crt has expired or expires soon");
    Date.now = () => now() + 780 * day;
    expect((await loadWith({})).created).toBe(undefined);
  });

  test("causes an error with the path if a file cannot be read", async () => {
    const path = join(good.folder, "localhost.key");
    // Windows reports a path through a file as missing, so loadCertificate does not fail until it tries to create the folder.
    await expect(loadCertificate(path)).rejects.toThrow(/^.*localhost\.key.* cannot be (read|written)/);
    await expect(loadCertificate(path)).rejects.toThrow(CertificateError);
  });
});
