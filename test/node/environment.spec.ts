import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { readEnvironment } from "../../src/node/environment.ts";

let folder = "";
let path = "";
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "environment-"));
  path = join(folder, ".env");
});
test.afterEach(() => rmSync(folder, { recursive: true }));

const names = ["PORT", "WEBHOOK_URL", "SECRET_OF_A_SPEC"];

test("returns only the requested variables, and adds none to process.env", () => {
  const lines = ["# a comment", "PORT=1", 'SECRET_OF_A_SPEC="é = #"', "OTHER=2", "__proto__=3", "CRLF=\r"];
  writeFileSync(path, lines.join("\n"));
  expect(readEnvironment(path, names)).toEqual({ PORT: "1", SECRET_OF_A_SPEC: "é = #" });
  expect(readEnvironment(path, ["toString", "NOT_THERE"])).toEqual({});
  expect(process.env).not.toHaveProperty("SECRET_OF_A_SPEC");
});

test("returns {} for an empty or missing file", () => {
  expect(readEnvironment(path, names)).toEqual({});
  writeFileSync(path, "");
  expect(readEnvironment(path, names)).toEqual({});
});

test("reads a file with a byte order mark", () => {
  writeFileSync(path, "\ufeffPORT=1\n");
  expect(readEnvironment(path, names)).toEqual({ PORT: "1" });
});

const good = "PORT=1\n";
const rejected: [fault: string, content: Uint8Array, line: string][] = [
  ["in UTF-16", Buffer.from(good, "utf16le"), "is in UTF-16; save it as UTF-8"],
  ["in UTF-16 with a byte order mark", Buffer.from("\ufeff中", "utf16le"), "is in UTF-16; save it as UTF-8"],
  ["in big-endian UTF-16", Buffer.from("\ufeff中", "utf16le").swap16(), "is in UTF-16; save it as UTF-8"],
  ["in another encoding", Buffer.from("PORT=é", "latin1"), "is not UTF-8; save it as UTF-8"],
];
for (const [fault, content, line] of rejected) {
  test(`throws an error with the path and the reason if the file is ${fault}`, () => {
    writeFileSync(path, content);
    expect(() => readEnvironment(path, names)).toThrow(`${path} ${line}.`);
  });
}

test("throws an error with the path and the reason if the file is a folder", () => {
  expect(() => readEnvironment(folder, names)).toThrow(`${folder} cannot be read: it is not a file.`);
});
