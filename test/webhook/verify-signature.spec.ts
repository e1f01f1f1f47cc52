import { createHash } from "node:crypto";
import { expect, test } from "@playwright/test";
import { type SignedRequest, signatureV3 } from "../../src/http/signature.ts";
import { type SignatureOptions, verifySignature } from "../../src/webhook/webhook.ts";

const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
const now = 1700000300000;
const url = "https://www.example.com/rec/a%3Ab?x=%281%29";
const request: SignedRequest = { method: "GET", url, body: "", timestamp: `${now}` };
/** This signature was computed with another implementation, because HubSpot's official clients have no example of a GET request. */
const signature = "K2KZQEcp9q8YwUcJiBHL46fQsTRk5VUSOPLMP4e0utc=";

function verify(options: Partial<SignatureOptions> = {}, headers: Record<string, string | string[]> = {}) {
  const all = { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": `${now}`, ...headers };
  return verifySignature({ method: "GET", url, headers: all, secret, now: () => now, ...options });
}

test("accepts a signed GET request", async () => {
  expect(await verify()).toEqual({ valid: true });
  expect(await verify({ method: "get", body: new Uint8Array() })).toEqual({ valid: true });
});

test("accepts a Headers object, and a plain object with header names in any case, but rejects two signatures", async () => {
  const headers = { "X-HubSpot-Signature-v3": signature, "X-HubSpot-Request-Timestamp": `${now}` };
  expect(await verify({ headers })).toEqual({ valid: true });
  expect(await verify({ headers: new Headers(headers) })).toEqual({ valid: true });
  expect(await verify({}, { "x-hubspot-signature-v3": [signature, signature] })).toMatchObject({ valid: false });
});

test("accepts a signature from the tests of HubSpot's Ruby client", async () => {
  const body = "{'example_field':'example_value'}";
  const signed = { method: "POST", url: "https://www.example.com/webhook_uri", body };
  const headers = {
    "x-hubspot-signature-v3": "RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw=",
    "x-hubspot-request-timestamp": "1700000300000",
  };
  expect(await verify({ ...signed, headers })).toEqual({ valid: true });
  expect(await verify({ ...signed, body: Buffer.from(body), headers })).toEqual({ valid: true });
});

const faults: [headers: Record<string, string>, reason: string, message: string][] = [
  [{ "x-hubspot-signature-v3": "" }, "no-signature", "X-HubSpot-Signature-v3 is missing"],
  [{ "x-hubspot-request-timestamp": "" }, "no-timestamp", "X-HubSpot-Request-Timestamp is missing"],
  [{ "x-hubspot-request-timestamp": "1700000300" }, "timestamp-not-milliseconds", "is in seconds"],
  [{ "x-hubspot-request-timestamp": "2023-11-14" }, "timestamp-not-milliseconds", "is not a Unix time in milliseconds"],
  [{ "x-hubspot-request-timestamp": `${now - 300_001}` }, "too-old", "was signed 301 s ago, but the limit is 300 s"],
  [{ "x-hubspot-request-timestamp": `${now + 61_000}` }, "in-the-future", "is 61 s ahead, but the limit is 60 s"],
  [{ "x-hubspot-request-timestamp": `${now - 1}` }, "wrong-signature", `that ${url} is the URL that HubSpot requests`],
  [{ "x-hubspot-signature-v3": "constructor" }, "wrong-signature", "check that the client secret is correct"],
];
for (const [headers, reason, message] of faults) {
  test(`reports ${reason}, and says "${message}"`, async () => {
    const result = await verify({}, headers);
    expect(result).toEqual({ valid: false, reason, message: expect.stringContaining(message) });
    expect(JSON.stringify(result)).not.toContain(secret);
  });
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const posted: SignedRequest = {
  method: "POST",
  url: "https://app.example/webhook",
  body: '{ "appId": 1 }',
  timestamp: `${now}`,
};
const mistakes: [name: string, signed: Partial<SignedRequest>, received: Partial<SignatureOptions>, message: string][] =
  [
    ["a slash was added to the URL", {}, { url: `${posted.url}/` }, "it matches the URL https://app.example/webhook;"],
    [
      "the URL's trailing slash is missing",
      { url: `${posted.url}/` },
      {},
      "it matches the URL https://app.example/webhook/;",
    ],
    [
      "a query was added to the URL",
      {},
      { url: `${posted.url}?a=1` },
      "it matches the URL https://app.example/webhook;",
    ],
    [
      "the URL has the wrong scheme",
      {},
      { url: "http://app.example/webhook" },
      "it matches the URL https://app.example",
    ],
    [
      "the URL was already decoded",
      { url: `${posted.url}%253A` },
      { url: `${posted.url}%3A` },
      "check that the client secret is correct",
    ],
    ["the secret ends with a line break", {}, { secret: `${secret}\n` }, "without its surrounding spaces; remove them"],
    [
      "the body's leading space was removed",
      { body: ` ${posted.body}` },
      { body: posted.body },
      "check that the client secret is correct",
    ],
    [
      "a line break was added to the body",
      {},
      { body: `${posted.body}\r\n` },
      "the body without its surrounding spaces",
    ],
    [
      "the body's final line break was removed",
      { body: `${posted.body}\n` },
      {},
      "the body with a line break at its end; pass the raw",
    ],
    ["the body was reformatted", { body: '{"appId":1}' }, {}, "it matches the body as compact JSON; pass the raw body"],
  ];
for (const [name, signed, received, message] of mistakes) {
  const verb = message.startsWith("check") ? "lists possible causes of" : "explains";
  test(`${verb} a wrong signature if ${name}`, async () => {
    const header = await signatureV3({ ...posted, ...signed, secret });
    const { method, url, body } = posted;
    const result = await verify({ method, url, body, ...received }, { "x-hubspot-signature-v3": header });
    expect(result).toEqual({ valid: false, reason: "wrong-signature", message: expect.stringContaining(message) });
    expect(JSON.stringify(result)).not.toContain(secret);
  });
}

test("explains a signature over the undecoded URL, as HubSpot's clients compute it", async () => {
  const mac = await crypto.subtle.importKey("raw", Buffer.from(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  const bytes = await crypto.subtle.sign("HMAC", mac, Buffer.from(`GET${url}${now}`));
  const header = Buffer.from(bytes).toString("base64");
  const result = await verify({}, { "x-hubspot-signature-v3": header });
  expect(result).toMatchObject({ message: expect.stringContaining("it matches the undecoded URL") });
});

test("explains a signature over a URL whose host a proxy replaced", async () => {
  const { url: _, ...rest } = request;
  const header = await signatureV3({ ...rest, url: "https://tunnel.example/rec/a%3Ab?x=%281%29", secret });
  const headers = { "x-hubspot-signature-v3": header, host: "127.0.0.1:9026", "x-forwarded-host": "tunnel.example" };
  const result = await verify({}, headers);
  expect(result).toMatchObject({ message: expect.stringContaining("it matches the URL https://tunnel.example/rec") });
});

test("recognizes signatures of versions 1 and 2, and a version 2 signature in the version 3 header", async () => {
  // This version 2 signature is from HubSpot's documentation.
  const two = "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e";
  const documented = { url: "https://www.example.com/webhook_uri" };
  const missing = { "x-hubspot-signature-v3": "" };
  const results = [
    await verify(documented, { ...missing, "x-hubspot-signature": two }),
    await verify({ body: "x" }, { ...missing, "x-hubspot-signature": sha256(`${secret}x`) }),
    await verify({ body: "x" }, { ...missing, "x-hubspot-signature": sha256("x") }),
    await verify(documented, { "x-hubspot-signature-v3": two.toUpperCase() }),
  ];
  expect(results.map((result) => (result.valid ? "" : result.message))).toEqual([
    expect.stringContaining("X-HubSpot-Signature contains a valid signature of version 2, but only version 3"),
    expect.stringContaining("X-HubSpot-Signature contains a valid signature of version 1, but only version 3"),
    expect.stringContaining(
      "X-HubSpot-Signature contains a signature that is valid for neither version 1 nor version 2",
    ),
    expect.stringContaining("it is a valid signature of version 2, but only version 3 is accepted"),
  ]);
});

test("rejects an empty secret", async () => {
  await expect(verify({ secret: "" })).rejects.toThrow("secret: is empty; pass your app's client secret");
});
