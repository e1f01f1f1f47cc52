// The certificate for https://localhost. The private key of its certificate authority (CA) is never stored, so the CA cannot
// sign any other certificate.
import { X509Certificate } from "node:crypto";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import { errorText } from "../http/error-text.ts";
import { readIfThere } from "../node/read-file.ts";

const domains = ["localhost", "127.0.0.1", "::1"];
/** Apple's systems reject certificates that are valid for more than 825 days. */
const validityDays = 820;
/** A certificate that expires within this time is replaced. */
const renewalMarginMs = 30 * 24 * 60 * 60 * 1000;

/** Thrown when the certificate's files cannot be read or written. */
export class CertificateError extends Error {}

export type Certificate = { key: string; cert: string; ca: string };

/**
 * Reads localhost's key and certificate and the CA's certificate, as PEM. Creates new ones if a file is missing or unusable,
 * or a certificate is about to expire; in that case, `created` states the reason.
 * @throws {CertificateError} The message contains the path that cannot be read or written.
 */
export async function loadCertificate(folder: string): Promise<Certificate & { created: string | undefined }> {
  const [key, cert, ca] = ["localhost.key", "localhost.crt", "ca.crt"].map((name) => read(join(folder, name)));
  if (key === undefined || cert === undefined || ca === undefined) {
    return { ...(await createCertificate(folder)), created: "at least one of its files was missing" };
  }
  const problem = problemOf({ key, cert, ca });
  return problem ? { ...(await createCertificate(folder)), created: problem } : { key, cert, ca, created: undefined };
}

function read(path: string): string | undefined {
  try {
    return readIfThere(path)?.toString();
  } catch (error) {
    throw new CertificateError(errorText(error));
  }
}

/** Returns the reason why a server could not use the certificate or a browser would reject it. */
function problemOf({ key, cert, ca }: Certificate): string | undefined {
  const certificate = parse(cert);
  if (!certificate) return "localhost.crt is not a certificate";
  const authority = parse(ca);
  if (!authority) return "ca.crt is not a certificate";
  const isSigned = authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
  if (!isSigned) return "localhost.crt was not signed by the authority in ca.crt";
  for (const [name, { validFrom, validTo }] of Object.entries({ "localhost.crt": certificate, "ca.crt": authority })) {
    if (Date.parse(validFrom) > Date.now()) return `${name} is not valid yet`;
    if (Date.parse(validTo) < Date.now() + renewalMarginMs) return `${name} has expired or expires soon`;
  }
  try {
    createSecureContext({ key, cert });
    return undefined;
  } catch {
    return "localhost.key is invalid or does not match localhost.crt";
  }
}

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

async function createCertificate(folder: string): Promise<Certificate> {
  const { createCA, createCert } = await import("mkcert");
  const authority = await createCA({
    organization: "hubspot-calling-app, this machine only",
    countryCode: "US",
    state: "-",
    locality: "-",
    validity: validityDays,
  });
  const { key, cert } = await createCert({ ca: authority, domains, validity: validityDays });
  const certificate = { key, cert, ca: authority.cert };
  await write(folder, certificate).catch((error) => {
    // The error code depends on the system, and on whether the folder itself or a parent folder is a file.
    const isNoFolder = ["EEXIST", "ENOTDIR"].includes(error.code);
    const problem = isNoFolder ? "part of its path is a file, not a folder" : errorText(error);
    throw new CertificateError(`${folder} cannot be written: ${problem}`);
  });
  return certificate;
}

async function write(folder: string, { key, cert, ca }: Certificate): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "localhost.key"), key, { mode: 0o600 });
  await chmod(join(folder, "localhost.key"), 0o600);
  await writeFile(join(folder, "localhost.crt"), cert);
  await writeFile(join(folder, "ca.crt"), ca);
}
