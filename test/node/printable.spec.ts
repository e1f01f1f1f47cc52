import { expect, test } from "@playwright/test";
import { printable } from "../../src/node/printable.ts";

test("replaces characters that control a terminal, change the text direction, end a line, or are invalid in XML", () => {
  const evil = [
    "\u0000",
    "\u001b",
    "\n",
    "\u0085",
    "\u009b",
    "\u061c",
    "\u200f",
    "\u202e",
    "\u2066",
    "\u2028",
    "\ud800",
  ];
  expect(printable(`a${evil.join("b")}c\uffff`)).toBe(`a ${"b ".repeat(evil.length - 1)}c `);
  expect(printable("Zoë שלום 👩‍💻 +1 (800)")).toBe("Zoë שלום 👩‍💻 +1 (800)");
});

test("shortens a long text without splitting a character", () => {
  expect(printable("x".repeat(2000))).toBe(`${"x".repeat(999)}…`);
  expect(printable("12👩👩", 5)).toBe("12👩…");
  expect(printable("1👩👩", 4)).toBe("1👩…");
  expect(printable("👩👩👩", 4)).toBe("👩 …");
});

test("breaks up GitHub Actions commands in the text", () => {
  expect(printable("a ##[add-mask]b")).toBe("a ## [add-mask]b");
});
