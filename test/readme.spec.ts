// Verifies some of the READMEs' claims about this repository.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "@playwright/test";
import { repositoryFiles } from "./support/repository-files.ts";

const readme = readFileSync("README.md", "utf8");
const readmes = repositoryFiles().filter((path) => path.endsWith(".md"));

test("the README has at most 1,200 words, not counting code", () => {
  const words = readme
    .replace(/^```[\s\S]*?^```/gm, "")
    .split(/\s+/)
    .filter(Boolean);
  expect(words.length).toBeGreaterThan(500);
  expect(words.length).toBeLessThanOrEqual(1200);
});

test("the README's first TypeScript code block is quoted from the example softphone word for word", () => {
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

/** Returns the READMEs' command lines, each preceded by its file's path. Omits comments, and lines that apply to only one
 * operating system. */
function commandLines(): string[] {
  return readmes.flatMap((path) => {
    const blocks = readFileSync(path, "utf8").matchAll(/```sh\n([\s\S]*?)```/g);
    const lines = [...blocks].flatMap(([, block = ""]) => block.trim().split("\n"));
    return lines.filter((line) => line && !/^#|certutil/.test(line)).map((line) => `${path}: ${line}`);
  });
}

test("no command line in the READMEs uses syntax that only some shells support", () => {
  const lines = commandLines();
  expect(lines.length).toBeGreaterThan(20);
  // cmd passes a comment to the program. PowerShell 5 does not support &&.
  const forOneShell = / #|&&|'|\$|: (export|unset|set|echo) |: \w+=/;
  expect(lines.filter((line) => forOneShell.test(line))).toEqual([]);
});

test("every npm script to which the READMEs pass arguments is a single node command", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  const text = readmes.map((path) => readFileSync(path, "utf8")).join("\n");
  const names = new Set([...text.matchAll(/npm (?:run )?(?:-s )?([a-z]+) -- /g)].map(([, name = ""]) => name));
  expect(names).toEqual(new Set(["start", "check", "settings"]));
  // On Windows, npm escapes arguments twice for a program that is a .cmd file.
  expect([...names].filter((name) => !/^node [^&|]*$/.test(scripts[name]))).toEqual([]);
});

test("each --outfile in the READMEs' command lines is in a folder that git ignores", () => {
  const files = commandLines().flatMap((line) => /--outfile=(\S+)/.exec(line)?.[1] ?? []);
  expect(files.length).toBeGreaterThan(0);
  const ignored = readFileSync(".gitignore", "utf8").split("\n");
  expect(files.filter((file) => !ignored.includes(`${file.split("/")[0]}/`))).toEqual([]);
});

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
