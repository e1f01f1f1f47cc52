// HubSpot's request signature, version 3. The simulator creates it, and the webhook verifies it.

export interface SignedRequest {
  /** In capitals. */
  method: string;
  /** The full URL as it is registered with HubSpot, including the query. */
  url: string;
  /** Strings are encoded as UTF-8. */
  body: string | Uint8Array;
  /** The header X-HubSpot-Request-Timestamp, unchanged: Unix time in milliseconds, in digits. */
  timestamp: string;
}

const utf8 = new TextEncoder();

// HubSpot decodes only the sequences below. %20, %26 and %3D stay encoded, and %253A is not decoded twice.
const decodable = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/g;

/** What the signature covers. `decode` is for diagnosis: a sender may sign the URL without decoding it. */
export function signedBytes(
  { method, url, body, timestamp }: SignedRequest,
  decode: (sequence: string) => string = decodeURIComponent,
): Uint8Array<ArrayBuffer> {
  return concatenate([
    utf8.encode(method + url.replace(decodable, decode)),
    typeof body === "string" ? utf8.encode(body) : body,
    utf8.encode(timestamp),
  ]);
}

export function concatenate(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  return bytes;
}

/** Converts the app's client secret to an HMAC-SHA256 key. Rejects if the secret is empty. */
export async function importSecret(secret: string): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", utf8.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
    "verify",
  ]);
}

/**
 * The header X-HubSpot-Signature-v3: base64 of HMAC-SHA256 over method, URL, body and timestamp, without separators.
 * Source: HubSpot's page on validating requests, and the test vectors of its Python and Ruby clients.
 */
export async function signatureV3({ secret, ...request }: SignedRequest & { secret: string }): Promise<string> {
  const mac = await crypto.subtle.sign("HMAC", await importSecret(secret), signedBytes(request));
  return btoa(String.fromCharCode(...new Uint8Array(mac)));
}

/**
 * Compares a Base64 signature in constant time. Does not check the age of the timestamp.
 * @param bytes the result of `signedBytes`
 */
export async function verifySignatureV3(
  key: CryptoKey,
  signature: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  if (!/^[A-Za-z0-9+/]{43}=$/.test(signature)) return false;
  const decoded = atob(signature);
  const mac = new Uint8Array(decoded.length).map((_, index) => decoded.charCodeAt(index));
  return crypto.subtle.verify("HMAC", key, mac, bytes);
}
