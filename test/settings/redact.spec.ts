import { runInNewContext } from "node:vm";
import { expect, test } from "@playwright/test";
import { mask, masked, plainLines, safeJson } from "../../src/settings/redact.ts";

test("a key is masked everywhere, a short one only where a key is sent", () => {
  expect(mask("My Company? hapikey=any&a, authorization: Bearer any", ["any"])).toBe(
    "My Company? hapikey=***&a, authorization: Bearer ***",
  );
  expect(mask("a=pat-na1+ b=pat-na1%2B pat-na1", ["pat-na1+"])).toBe("a=*** b=*** pat-na1");
  expect(mask('hapikey%3Dany "hapikey":"any"', ["any"])).toBe('hapikey%3D*** "hapikey":"***"');
});

test("a key is masked however a server writes it", () => {
  const key = "pat~na1/x+y=.z_-";
  const each = (write: (code: number) => string) => [...key].map((sign) => write(sign.charCodeAt(0))).join("");
  const hex = (code: number) => code.toString(16).padStart(2, "0");
  const written = {
    "as it is": key,
    "in capitals": key.toUpperCase(),
    "with a tilde encoded": key.replace("~", "%7E"),
    "in a query": encodeURIComponent(key),
    "as a whole encoded": each((code) => `%${hex(code)}`),
    "encoded twice": encodeURIComponent(encodeURIComponent(key)),
    "encoded three times": each((code) => `%2525${hex(code).toUpperCase()}`),
    "in HTML": each((code) => `&#${code};`),
    "in HTML, hexadecimal": each((code) => `&#x${hex(code)};`),
    "in HTML, with zeros": each((code) => `&#x00${hex(code)};`),
    "in JSON": each((code) => `\\u00${hex(code)}`),
    "in JSON in JSON": each((code) => `\\\\u00${hex(code)}`),
    "in a script": each((code) => `\\x${hex(code)}`),
    "in a new script": each((code) => `\\u{${hex(code)}}`),
    "with slashes escaped": key.replace("/", "\\/"),
  };
  for (const [how, text] of Object.entries(written)) expect(mask(`<${text}>`, [key]), how).toBe("<***>");
  for (const before of ["", "a", "ab", "Bearer "]) {
    for (const encoding of ["base64", "base64url"] satisfies BufferEncoding[]) {
      const text = mask(Buffer.from(`${before}${key}:`).toString(encoding), [key]);
      expect(Buffer.from(text.replace("***", "    "), encoding).toString(), encoding).not.toContain(key.slice(2, -2));
      expect(text).toContain("***");
    }
  }
  expect(mask("pat~na1/x+y=.z_", [key])).toBe("pat~na1/x+y=.z_");
});

test("a text made to be searched for long is searched at once", () => {
  for (const sign of ["\\", "%25", "&#0"]) {
    const search = () => mask(sign.repeat(300_000), ["pat-na1-access+token/0="]).length;
    // It takes milliseconds, or minutes where the search begins again from each sign.
    expect(runInNewContext("search()", { search }, { timeout: 20_000 })).toBe(sign.length * 300_000);
  }
});

test("of a value no text, name or number holds the key, and nothing else changes", () => {
  const value = { "12345678": [1, null, true, "a 12345678", 12345678], b: { c: 123456780 }, __proto__: {} };
  expect(masked(value, ["12345678"])).toEqual({ "***": [1, null, true, "a ***", "***"], b: { c: "***" } });
  expect(masked(JSON.parse('{"__proto__":"a"}'), [])).toEqual(JSON.parse('{"__proto__":"a"}'));
});

test("lines for a person hold nothing that a terminal obeys, no half of a key, and end", () => {
  expect(plainLines("a\u001b[2J\u009b1m\u007f\u202eb\r\nc\u0085d", [])).toBe("a [2J 1m  b \nc d");
  const text = plainLines(`${"x".repeat(990)}secret-key-1${"y".repeat(100)}`, ["secret-key-1"]);
  expect(text).toContain("***");
  expect(text).not.toContain("secret");
  expect(plainLines("x".repeat(3_000_000), [])).toMatch(/^x{1000}… \(3000000 characters\)$/);
  expect(plainLines("x\n".repeat(3_000_000), [])).toMatch(/^(x\n){40}… \(3000001 lines\)$/);
});

test("JSON keeps its meaning and its lines", () => {
  expect(safeJson({ a: "\u009b\u2028" }, 2)).toBe('{\n  "a": "\\u009b\\u2028"\n}');
});
