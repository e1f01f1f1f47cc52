// Comments, texts and titles must not contain phrases that no native speaker would use.

import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { repositoryFiles } from "./support/repository-files.ts";

/** Forbidden phrases, each with a replacement. */
const phrases: [phrase: RegExp, instead: string][] = [
  [/\b(is|are) none\b/i, "there is no …, is invalid, does not exist"],
  [/\banew\b/i, "again, reload"],
  [/\ball the same\b/i, "anyway"],
  [/\bthat there (is|are)(n't| not)?\b/i, "that exists"],
  [/\b(whoever|nobody|somebody)\b/i, "name the subject: a user, another window, no app"],
  [/\bof (its|one's|their) own\b/i, "its own …, separate"],
  [/\bin words\b/i, "as text"],
  [/\bbe it\b/i, "whether"],
  [/\b(takes|has|knows) (it|them) not\b/i, "does not …"],
  [/\bcomes? to be\b/i, "becomes"],
  [/\bis one word too many\b/i, "unexpected argument"],
  [/\bstand-in\b/i, "simulator"],
];

const files = repositoryFiles().filter(
  (path) => /\.(ts|mjs|html|css|md)$/.test(path) && path !== "test/plain-english.spec.ts",
);

/** Returns the comments and strings in a program, or all lines of a page or a README. */
function readableLines(path: string): string[] {
  const lines = readFileSync(path, "utf8").split("\n");
  if (!/\.(ts|mjs|css)$/.test(path)) return lines;
  return lines.map((line) => {
    const [comment = ""] = /(\/\/ .*|^\s*(\/\*)?\* .*|\/\*.*)$/.exec(line) ?? [];
    const strings = [...line.matchAll(/"[^"]* [^"]*"|'[^']* [^']*'|`[^`]* [^`]*/g)].map(([text]) => text);
    return [comment, ...strings].join(" ");
  });
}

test("marks lines with a forbidden phrase, but not lines with a similar phrase that is allowed", () => {
  const isMarked = (line: string) => phrases.some(([phrase]) => phrase.test(line));
  expect(["// The page is loaded anew.", '"x is none"', "whoever copies it"].map(isMarked)).toEqual([true, true, true]);
  expect(["display: none", "No app has its own window.", "There is no engagement."].map(isMarked)).toEqual([
    false,
    false,
    false,
  ]);
});

test("no comment, text or title contains a forbidden phrase", () => {
  expect(files.length).toBeGreaterThan(200);
  const found = files.flatMap((path) =>
    readableLines(path).flatMap((line, index) =>
      phrases
        .filter(([phrase]) => phrase.test(line))
        .map(([phrase, instead]) => `${path}:${index + 1} ${phrase.source}: write ${instead}`),
    ),
  );
  expect(found).toEqual([]);
});
