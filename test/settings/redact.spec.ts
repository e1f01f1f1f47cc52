import { runInNewContext } from "node:vm";
import { expect, test } from "@playwright/test";
import { containsKey, plainLines, safeJson, withoutKeys } from "../../src/settings/redact.ts";

const key = "pat~na1/x+y=.z_-";
const withheld = "(this line is withheld: it contains a key)";

const encode = (write: (hex: string, code: number) => string) =>
  [...key].map((character) => character.charCodeAt(0)).map((code) => write(code.toString(16).padStart(2, "0"), code));
const join = (...parameters: Parameters<typeof encode>) => encode(...parameters).join("");

const encodings: Record<string, string> = {
  "in plain text": key,
  "in capital letters": key.toUpperCase(),
  "in a URL that encodes the tilde": key.replace("~", "%7E"),
  "in a URL": encodeURIComponent(key),
  "in a URL that encodes every character": join((hex) => `%${hex}`),
  "in a URL, encoded twice": encodeURIComponent(encodeURIComponent(key)),
  "in a URL, encoded three times": join((hex) => `%2525${hex.toUpperCase()}`),
  "in a URL, encoded nine times": join((hex) => `%${"25".repeat(8)}${hex}`),
  "in HTML": join((_, code) => `&#${code};`),
  "in HTML without semicolons": join((_, code) => `&#${code}`),
  "in HTML, in hexadecimal": join((hex) => `&#x${hex};`),
  "in HTML, with leading zeros": join((hex) => `&#x00${hex};`),
  "in HTML in HTML": join((_, code) => `&amp;#${code};`),
  "in HTML in a URL": encodeURIComponent(join((_, code) => `&#${code};`)),
  "in JSON": join((hex) => `\\u00${hex}`),
  "in JSON in JSON": join((hex) => `\\\\u00${hex}`),
  "in JavaScript": join((hex) => `\\x${hex}`),
  "in JavaScript, with braces": join((hex) => `\\u{${hex}}`),
  "with escaped slashes": key.replace("/", "\\/"),
  "after a percent sign": `%${key}`,
};
for (const [name, text] of Object.entries(encodings)) {
  test(`finds and hides a key ${name}`, () => {
    expect(containsKey(`<${text}>`, [key])).toBe(true);
    expect(plainLines(`before\n<${text}>\nafter`, [key])).toMatch(
      /^before\n(<\*\*\*>|<%\*\*\*>|\(this line .*\))\nafter$/,
    );
  });
}

for (const encoding of ["base64", "base64url"] satisfies BufferEncoding[]) {
  for (const before of ["", "a", "ab", "Bearer "]) {
    test(`withholds a line that contains a key in ${encoding}${before ? `, encoded together with a preceding "${before}"` : ""}`, () => {
      const text = Buffer.from(`${before}${key}:`).toString(encoding);
      for (const around of ["", "/", "a/", "ab/"]) {
        expect(withoutKeys(around + text, [key]), around).toBe(withheld);
      }
      expect(withoutKeys(encodeURIComponent(text), [key])).toBe(withheld);
    });
  }
}

const texts: Record<string, string> = {
  "part of a key": key.slice(0, -1),
  "part of a key in Base64": Buffer.from(key.slice(0, -1)).toString("base64"),
  "a page": "<h1>Bad gateway</h1> 100%, a\\b &amp; &#x1f600;",
  "a URL": "https://example.com/a%20b?c=%2525&d=%s",
};
for (const [name, text] of Object.entries(texts)) {
  test(`does not change ${name}`, () => {
    expect(withoutKeys(text, [key])).toBe(text);
  });
}

test("withholds a line with a short key only if the key is in a form that the command sends", () => {
  const sent = ["hapikey=any&a", "Authorization: Bearer any", "hapikey%3Dany", '"hapikey":"any"', '{"hapikey": "any"}'];
  for (const text of sent) expect(withoutKeys(text, ["any"]), text).toBe(withheld);
  expect(withoutKeys("My Company", ["any"])).toBe("My Company");
});

test("searches hostile text in less than quadratic time", () => {
  for (const part of ["\\", "%25", "&#0", "&#x0", "\\u{0", "A", "&amp;"]) {
    const search = () => containsKey(part.repeat(300_000), ["pat-na1-access+token/0="]);
    // A search in quadratic time would take far longer than this limit.
    expect(runInNewContext("search()", { search }, { timeout: 20_000 }), part).toBe(false);
  }
});

test("limits the number and the length of the lines, and replaces control characters and keys", () => {
  expect(plainLines("a\u001b[2J\u009b1m\u007f\u202eb\r\nc\u0085d", [])).toBe("a [2J 1m  b \nc d");
  const text = plainLines(`${"x".repeat(990)}secret-key-1${"y".repeat(100)}`, ["secret-key-1"]);
  expect(text).toContain("***");
  expect(text).not.toContain("secret");
  expect(plainLines("x".repeat(3_000_000), [])).toMatch(/^x{1000}… \(3000000 characters\)$/);
  expect(plainLines("x\n".repeat(3_000_000), [])).toMatch(/^(x\n){40}… \(3000001 lines\)$/);
});

const invisible: string[] = [
  ..."\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff",
  ..."\u{e0001}\u{e0041}\u{e007f}",
];
test("escapes or removes characters that hide text or change its direction", () => {
  const text = invisible.map((character) => `a${character}b`).join("\n");
  const visible = /^[\x20-\x7e\n]*$/;
  expect(plainLines(text, [])).toMatch(visible);
  expect(safeJson({ [text]: text })).toMatch(visible);
  expect(JSON.parse(safeJson({ [text]: text }))).toEqual({ [text]: text });
});

test("escapes control characters in the JSON's values, but keeps its line breaks", () => {
  expect(safeJson({ a: "\u009b\u2028" }, 2)).toBe('{\n  "a": "\\u009b\\u2028"\n}');
});
