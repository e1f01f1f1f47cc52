import { expect, test } from "@playwright/test";
import { asLocalhost, isWebUrl } from "../../src/http/web-url.ts";

const values: [value: unknown, isWeb: boolean][] = [
  ["http://localhost:3000/", true],
  ["HTTPS://app.example", true],
  ["javascript:alert(1)", false],
  ["data:text/html,hello", false],
  ["localhost:3000", false],
  ["/path", false],
  ["http://", false],
  ["", false],
  [undefined, false],
  [{ href: "http://localhost/" }, false],
];
for (const [value, isWeb] of values) {
  test(`${isWeb ? "accepts" : "rejects"} ${JSON.stringify(value)} as a web URL`, () => {
    expect(isWebUrl(value)).toBe(isWeb);
  });
}

const urls: [url: string, expected: string][] = [
  ["http://127.0.0.1:3000/path?a=1#b", "http://localhost:3000/path?a=1#b"],
  ["https://127.0.0.1", "https://localhost/"],
  ["http://localhost:3000", "http://localhost:3000/"],
  ["http://127.0.0.1.example/", "http://127.0.0.1.example/"],
];
for (const [url, expected] of urls) {
  const change =
    new URL(url).host === new URL(expected).host ? "keeps the host of" : "replaces 127.0.0.1 with localhost in";
  test(`${change} ${url}`, () => {
    expect(asLocalhost(url)).toBe(expected);
  });
}
