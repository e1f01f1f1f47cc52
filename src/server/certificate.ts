// The certificate for https://localhost. Its authority exists only while it signs: whoever trusts certs/ca.crt trusts
// this one certificate and nothing else, because the key that could sign another is gone.
import { X509Certificate } from "node:crypto";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import { createCA, createCert } from "mkcert";
import { readIfThere } from "../node/read-file.ts";

const domains = ["localhost", "127.0.0.1", "::1"];
const day = 24 * 60 * 60 * 1000;
/** Days. Apple's systems refuse a certificate that is good for more than 825. */
const validity = 820;
/** Milliseconds before its end at which a certificate is made anew. */
const margin = 30 * day;

type Certificate = { key: string; cert: string; ca: string };

/**
 * Key, certificate and authority for localhost, as PEM, from the folder. Made there when they are missing, about to
 * end, or of no use; `made` is then why, in words.
 * @throws an Error that names the file that cannot be read or written.
 */
export async function openCertificate(folder: string): Promise<Certificate & { made: string | undefined }> {
  const files = ["localhost.key", "localhost.crt", "ca.crt"].map((name) => readIfThere(join(folder, name))?.toString());
  const [key, cert, ca] = files;
  if (key === undefined || cert === undefined || ca === undefined) {
    return { ...(await make(folder)), made: "there was none" };
  }
  const made = whatIsWrong({ key, cert, ca });
  return made ? { ...(await make(folder)), made } : { key, cert, ca, made };
}

/** Why a browser would refuse it, or a server could not use it; undefined, if it is good. */
function whatIsWrong({ key, cert, ca }: Certificate): string | undefined {
  const certificate = parse(cert);
  if (!certificate) return "localhost.crt is no certificate";
  const authority = parse(ca);
  if (!authority) return "ca.crt is no certificate";
  const isSigned = authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
  if (!isSigned) return "ca.crt is not the authority that signed localhost.crt";
  for (const [name, { validFrom, validTo }] of Object.entries({ "localhost.crt": certificate, "ca.crt": authority })) {
    if (Date.parse(validFrom) > Date.now()) return `${name} is not valid yet`;
    if (Date.parse(validTo) < Date.now() + margin) return `${name} is about to end, or has`;
  }
  try {
    createSecureContext({ key, cert });
    return undefined;
  } catch {
    return "localhost.key is not the key of localhost.crt";
  }
}

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
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
