import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { createFileListener } from "../../src/server/files.ts";
import { serve } from "../support/serve.ts";

let folder = "";
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "files-"));
  writeFileSync(join(folder, "index.html"), "<p>a page");
  writeFileSync(join(folder, "page.js.map"), "{}");
});
test.afterEach(() => rmSync(folder, { recursive: true }));

test("serves a file with the specified headers, and ignores the query", async () => {
  const address = await serve(createFileListener(folder, { "x-own": "yes" }));
  for (const [path, content] of [
    ["/", "<p>a page"],
    ["/?a=%&b", "<p>a page"],
    ["/index.html", "<p>a page"],
    ["/page.js.map?x", "{}"],
  ]) {
    const response = await fetch(address + path);
    expect([response.status, response.headers.get("x-own"), await response.text()]).toEqual([200, "yes", content]);
    expect(response.headers.get("cache-control"), "the next build must be visible").toContain("no-store");
  }
  expect((await fetch(address, { method: "HEAD" })).status).toBe(200);
});

const errors: [path: string, status: number, init?: RequestInit, detail?: string][] = [
  ["/nothing", 404],
  ["/%", 404],
  ["/%00", 404],
  ["/..%2fpage.js.map", 404],
  ["/page.js.map/", 404],
  [`/${"x".repeat(300)}`, 404, {}, "… (300 letters)"],
  ["/", 405, { method: "DELETE" }],
  ["/index.html", 416, { headers: { range: "bytes=99-1" } }, " (range: bytes=99-1)"],
];
for (const [path, status, init, detail = ""] of errors) {
  test(`answers ${init?.method ?? "GET"} ${path.slice(0, 20)}${detail} with ${status}, without revealing the folder's name`, async () => {
    const response = await fetch((await serve(createFileListener(folder, {}))) + path, init);
    expect([response.status, await response.text()]).toEqual([status, ""]);
    expect(JSON.stringify([...response.headers])).not.toContain(folder);
  });
}

test("answers with 500 without details if a file cannot be read", async () => {
  test.skip(process.platform === "win32", "symbolic links require permissions on Windows");
  symlinkSync("loop", join(folder, "loop"));
  const response = await fetch(`${await serve(createFileListener(folder, {}))}/loop`);
  expect([response.status, await response.text()]).toEqual([500, ""]);
});
