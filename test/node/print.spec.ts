import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { build } from "esbuild";

test("rejects with a one-line error if stdout is a file on a full disk", async () => {
  test.skip(!existsSync("/dev/full"), "only Linux has /dev/full");
  const contents = `import { print } from "./src/node/print.ts";
    await print("the result").catch(({ constructor, message }) => console.error(constructor.name, message));`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ".", loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
  });
  const full = openSync("/dev/full", "w");
  const args = ["--input-type=module", "--eval", outputFiles[0]?.text ?? ""];
  const child = spawn(process.execPath, args, { stdio: ["ignore", full, "pipe"] });
  closeSync(full);
  let printed = "";
  child.stderr?.on("data", (data) => (printed += data));
  const code = await new Promise((ended) => child.on("close", ended));
  expect([printed.trim().split("\n"), code]).toEqual([
    [expect.stringMatching(/^PrintError cannot write to stdout: ENOSPC/)],
    0,
  ]);
});
