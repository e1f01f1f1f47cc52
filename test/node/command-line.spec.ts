import { expect, test } from "@playwright/test";
import { createCommandLine } from "../../src/node/command-line.ts";
import { UsageError } from "../../src/node/usage-error.ts";

function parse(...args: string[]) {
  const commandLine = createCommandLine("npm run demo --");
  const sizes: unknown[] = [];
  commandLine.program
    .version("1.2.3")
    .option("--size <number>", "a size")
    .action(({ size }) => {
      sizes.push(size);
    });
  return { text: commandLine.parse(args), sizes };
}

test("passes the options to the command's action", () => {
  expect(parse("--size", "5")).toEqual({ text: undefined, sizes: ["5"] });
});

test("returns the help or version text without running the action", () => {
  expect(parse("--help")).toEqual({ text: expect.stringContaining("--size <number>"), sizes: [] });
  expect(parse("--version")).toEqual({ text: "1.2.3\n", sizes: [] });
});

test("rejects an unknown option with one line that suggests a similar option and --help", () => {
  expect(() => parse("--sise", "5")).toThrow(UsageError);
  expect(() => parse("--sise", "5")).toThrow(
    /^unknown option '--sise' \(Did you mean --size\?\); run `npm run demo -- --help` for usage$/,
  );
});
