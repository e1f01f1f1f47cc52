// Verifies the READMEs' claims about this repository.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "@playwright/test";

const readme = readFileSync("README.md", "utf8");
const readmes = execFileSync("git", ["ls-files", "*.md"], { encoding: "utf8" }).trim().split("\n");

test("the README has at most 1,200 words, not counting code", () => {
  const words = readme
    .replace(/^```[\s\S]*?^```/gm, "")
    .split(/\s+/)
    .filter(Boolean);
  expect(words.length).toBeGreaterThan(500);
  expect(words.length).toBeLessThanOrEqual(1200);
});

test("the README quotes the example softphone word for word", () => {
  const [, quoted = ""] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  expect(quoted.split("\n").length).toBeGreaterThan(10);
  expect(readFileSync("test/examples/softphone.ts", "utf8")).toContain(quoted);
});

for (const path of readmes) {
  test(`${path} links only to files and headings that exist`, () => {
    const links = [...readFileSync(path, "utf8").matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = ""]) => link);
    const missing = links.filter((link) => {
      const [file = "", heading] = link.split("#");
      const target = file ? join(dirname(path), file) : path;
      if (!existsSync(target)) return true;
      return heading !== undefined && !headingsOf(target).includes(heading);
    });
    expect(missing).toEqual([]);
  });
}

/** Returns the anchors that code hosts create for a file's headings. */
function headingsOf(path: string): string[] {
  const headings = readFileSync(path, "utf8").matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
