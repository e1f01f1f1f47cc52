import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { findingOf } from "../../../src/simulator/rules/finding.ts";
import { rules } from "../../../src/simulator/rules/index.ts";
import { referenceOf } from "../../../src/simulator/rules/reference.ts";

const file = "src/simulator/rules/README.md";

test("the rules' README is up to date", () => {
  expect(readFileSync(file, "utf8"), "run: npm run rules").toBe(referenceOf(rules));
});

test("the rules' README has a heading for each rule, and each finding's reference points to its rule's heading", () => {
  const headings = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("## "))
    .map((line) => line.slice(3));
  expect(rules.map(({ id }) => findingOf(id, { message: "" }).reference)).toEqual(
    headings.map((id) => `${file}#${id}`),
  );
});

test("the rules' README is part of the package", () => {
  const { files } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(files).toContain(file);
});
