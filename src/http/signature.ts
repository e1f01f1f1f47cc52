// HubSpot's request signature, version 3. The simulator creates it, and the webhook verifies it.

export interface SignedRequest {
  /** In uppercase. */
  method: string;
  /** The full URL, including the query, as HubSpot requests it. */
  url: string;
  /** Strings are encoded as UTF-8. */
  body: string | Uint8Array;
  /** The unchanged value of X-HubSpot-Request-Timestamp: a Unix time in milliseconds, as decimal digits. */
  timestamp: string;
}

const utf8 = new TextEncoder();

// HubSpot decodes only these sequences. %20, %25, %26 and %3D stay encoded, so %253A stays unchanged.
const decodable = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/g;

/** Returns the bytes to sign. `decode` is for diagnosis: a sender may have signed the URL without decoding it. */
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

/** Rejects if the secret is empty. */
export async function importSecret(secret: string): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", utf8.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
    "verify",
  ]);
}

/**
 * Returns the value of X-HubSpot-Signature-v3: the Base64-encoded HMAC-SHA256 of the method, URL, body and timestamp,
 * concatenated without separators.
 * Source: HubSpot's page on validating requests, and the test vectors of its Python and Ruby clients.
 */
export async function signatureV3({ secret, ...request }: SignedRequest & { secret: string }): Promise<string> {
  const mac = await crypto.subtle.sign("HMAC", await importSecret(secret), signedBytes(request));
  return btoa(String.fromCharCode(...new Uint8Array(mac)));
}

/**
 * Returns whether a Base64-encoded signature is valid, in constant time. Does not check the timestamp's age.
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
