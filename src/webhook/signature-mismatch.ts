// Explains a wrong signature: finds the common mistake that produces this signature.
import { importSecret, type SignedRequest, signedBytes, verifySignatureV3 } from "../http/signature.ts";

interface Context {
  /** The value of X-HubSpot-Signature-v3. */
  signature: string;
  secret: string;
  key: CryptoKey;
  receivedUrl: string | undefined;
  /** The values of the request's Host and X-Forwarded-Host headers. */
  receivedHosts: readonly string[];
}

/** Returns the mistake and its remedy, or undefined if no known mistake explains the signature. */
export async function explainMismatch(request: SignedRequest, context: Context): Promise<string | undefined> {
  const { signature, secret, key } = context;
  const version = await oldVersionOf(signature, request, secret);
  if (version) return `it is a valid signature of version ${version}, but only version 3 is accepted`;

  const withoutDecoding = signedBytes(request, (sequence) => sequence);
  if (await verifySignatureV3(key, signature, withoutDecoding)) {
    return "it matches the undecoded URL; sign the decoded URL, as HubSpot documents";
  }
  for (const url of otherUrls(request.url, context)) {
    const bytes = signedBytes({ ...request, url });
    if (await verifySignatureV3(key, signature, bytes)) return `it matches the URL ${url}; verify with that URL`;
  }
  for (const { name, body } of otherBodies(request.body)) {
    const bytes = signedBytes({ ...request, body });
    if (await verifySignatureV3(key, signature, bytes)) return `it matches ${name}; pass the raw body`;
  }
  const trimmed = secret.trim();
  if (trimmed && trimmed !== secret) {
    const matches = await verifySignatureV3(await importSecret(trimmed), signature, signedBytes(request));
    if (matches) return "it matches the client secret without its surrounding spaces; remove them";
  }
  return undefined;
}

/** Returns the older signature version that produces this signature for the request, or undefined if neither does. */
export async function oldVersionOf(
  signature: string,
  { method, url, body }: Pick<SignedRequest, "method" | "url" | "body">,
  secret: string,
): Promise<"1" | "2" | undefined> {
  if (!/^[0-9a-f]{64}$/i.test(signature)) return undefined;
  const isHashOf = async (start: string) =>
    (await sha256(signedBytes({ method: start, url: "", body, timestamp: "" }))) === signature.toLowerCase();
  if (await isHashOf(secret)) return "1";
  return (await isHashOf(secret + method + url)) ? "2" : undefined;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Returns variants of the URL: some have small changes, others a received host or path. */
function otherUrls(url: string, { receivedUrl = url, receivedHosts }: Context): Set<string> {
  const { origin, rest } = split(url);
  const received = split(receivedUrl);
  const end = rest.includes("?") ? rest.indexOf("?") : rest.length;
  const [path, query] = [rest.slice(0, end), rest.slice(end)];
  const hosts = receivedHosts.flatMap((host) => [`https://${host}`, `http://${host}`]);
  return new Set([
    origin + (path.endsWith("/") ? path.slice(0, -1) : `${path}/`) + query,
    origin + path,
    url.trim(),
    url.replace(/^http:/, "https:"),
    url.replace(/^https:/, "http:"),
    ...[origin, received.origin, ...hosts].flatMap((start) => [start + rest, start + received.rest]),
  ]);
}

/** Does not normalize the URL, because the signature covers every character. */
function split(url: string): { origin: string; rest: string } {
  const [origin = ""] = /^[a-z]+:\/\/[^/?#]*/i.exec(url) ?? [];
  return { origin, rest: url.slice(origin.length) };
}

function otherBodies(body: string | Uint8Array): { name: string; body: string }[] {
  const text = typeof body === "string" ? body : new TextDecoder().decode(body);
  const others = [
    { name: "the body without its surrounding spaces", body: text.trim() },
    { name: "the body with a line break at its end", body: `${text}\n` },
    { name: "the body as compact JSON", body: compactJson(text) },
    { name: "an empty body", body: "" },
  ];
  return others.filter((other) => other.body !== text);
}

function compactJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}
