import { expect, test } from "@playwright/test";
import { importSecret, signatureV3, signedBytes, verifySignatureV3 } from "../../src/http/signature.ts";

const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
const url = "https://www.example.com/webhook_uri";
const numbersRequest = '{"appId":123,"portalId":456,"userId":789}';

const vectors: [method: string, url: string, body: string, timestamp: string, signature: string][] = [
  ["POST", url, "{'example_field':'example_value'}", "1693657560000", "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y="],
  ["POST", url, "{'example_field':'example_value'}", "1700000300000", "RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw="],
  ["POST", url, '{"example_field":"example_value"}', "1700000300000", "ZEux4lGY4urKtKJ9fqGCQDJ0FasZeSunWHlJMEoU3Bg="],
  [
    "POST",
    "https://www.example.com/hs/numbers",
    numbersRequest,
    "1700000300000",
    "Kl6LfwLYB14vWAt8ZQfq5uV74cnWiKvXWUI0i4fxhOg=",
  ],
  [
    "GET",
    "https://www.example.com/rec/a%3Ab?x=%281%29",
    "",
    "1700000300000",
    "K2KZQEcp9q8YwUcJiBHL46fQsTRk5VUSOPLMP4e0utc=",
  ],
];
for (const [method, url, body, timestamp, signature] of vectors) {
  test(`creates and verifies the signature ${signature.slice(0, 6)}… of ${method} ${url} at ${timestamp}`, async () => {
    expect(await signatureV3({ secret, method, url, body, timestamp })).toBe(signature);
    const bytes = signedBytes({ method, url, body, timestamp });
    expect(await verifySignatureV3(await importSecret(secret), signature, bytes)).toBe(true);
    expect(await verifySignatureV3(await importSecret("other"), signature, bytes)).toBe(false);
  });
}

test("decodes only the twelve documented percent-encoded sequences, and decodes them only once", async () => {
  const sign = (path: string) =>
    signatureV3({
      secret,
      method: "POST",
      url: `https://example.com/${path}`,
      body: numbersRequest,
      timestamp: "1700000300000",
    });
  expect(await sign("%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B")).toBe(await sign(":/?@!$'()*,;"));
  for (const encoded of ["%20", "%22", "%23", "%25", "%26", "%2B", "%3D", "%5B", "%C3%A9", "%253A"]) {
    expect(await sign(encoded), encoded).not.toBe(await sign(encoded.replace(/(%..)+/, decodeURIComponent)));
  }
});
