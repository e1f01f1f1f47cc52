// The certificate for https://localhost. Its authority exists only while it signs: whoever trusts certs/ca.crt trusts
// this one certificate and nothing else, because the key that could sign another is gone.
import { X509Certificate } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createCA, createCert } from "mkcert";

const domains = ["localhost", "127.0.0.1", "::1"];
const day = 24 * 60 * 60 * 1000;
/** Days. Apple's systems refuse a certificate that is good for more than 825. */
const validity = 820;
/** Milliseconds before its end at which a certificate is made anew. */
const margin = 30 * day;

type Certificate = { key: string; cert: string; ca: string };

/**
 * Key, certificate and authority for localhost, as PEM, from the folder; made there when missing or about to end.
 * @throws an Error that names the file that cannot be read or written, or is no certificate.
 */
export async function openCertificate(folder: string): Promise<Certificate & { made: boolean }> {
  const files = ["localhost.key", "localhost.crt", "ca.crt"].map((name) => readIfThere(join(folder, name)));
  const [key, cert, ca] = await Promise.all(files);
  if (key && cert && ca && endOf(cert, folder) > Date.now() + margin) return { key, cert, ca, made: false };
  return { ...(await make(folder)), made: true };
}

async function make(folder: string): Promise<Certificate> {
  const authority = await createCA({
    organization: "hubspot-calling-app, this machine only",
    countryCode: "US",
    state: "-",
    locality: "-",
    validity,
  });
  const { key, cert } = await createCert({ ca: authority, domains, validity });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "localhost.key"), key, { mode: 0o600 });
  await chmod(join(folder, "localhost.key"), 0o600);
  await writeFile(join(folder, "localhost.crt"), cert);
  await writeFile(join(folder, "ca.crt"), authority.cert);
  return { key, cert, ca: authority.cert };
}

function endOf(cert: string, folder: string): number {
  try {
    return Date.parse(new X509Certificate(cert).validTo);
  } catch (error) {
    throw new Error(`${join(folder, "localhost.crt")} is no certificate; delete it and start again. ${error}`);
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new Error(`${path} cannot be read. ${error}`);
  }
}
