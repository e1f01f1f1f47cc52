import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { buildSync } from "esbuild";
import { openLock } from "../../src/server/lock.ts";

let folder = "";
let path = "";
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  path = join(folder, "hubspot.json");
});
test.afterEach(() => rmSync(folder, { recursive: true }));

test("reserves only its own file, until the lock is closed", async () => {
  const first = await openLock(path);
  await expect(openLock(path)).rejects.toThrow(`${path} is in use by another server; stop that server, or store`);
  const other = await openLock(join(folder, "other.json"));
  await first.close();
  const second = await openLock(path);
  await Promise.all([second.close(), other.close()]);
});

test("reserves a file whose folder does not exist yet", async () => {
  const missing = join(folder, "missing", "hubspot.json");
  const first = await openLock(missing);
  await expect(openLock(missing)).rejects.toThrow("is in use by another server");
  await first.close();
});

test("recognizes the file by its real path", async () => {
  test.skip(process.platform === "win32", "symbolic links require permissions on Windows");
  mkdirSync(join(folder, "real"));
  symlinkSync(join(folder, "real"), join(folder, "link"));
  const lock = await openLock(join(folder, "real", "hubspot.json"));
  await expect(openLock(join(folder, "link", "hubspot.json"))).rejects.toThrow("is in use by another server");
  await lock.close();
});

test("recognizes a file that does not exist yet, and ignores the case of its name except on Linux", async () => {
  const { platform } = process;
  const before = process.cwd();
  // On other systems, the address for Windows is a file in the working directory.
  process.chdir(folder);
  Object.defineProperty(process, "platform", { value: "win32" });
  try {
    const lock = await openLock(path);
    await expect(openLock(join(folder, "HubSpot.json"))).rejects.toThrow("is in use by another server");
    await lock.close();
  } finally {
    Object.defineProperty(process, "platform", { value: platform });
    process.chdir(before);
  }
});

test("is released when its process is killed, and does not keep its process running", async () => {
  const script = join(folder, "lock.mjs");
  const contents = `
    import { openLock } from "./src/server/lock.ts";
    await openLock(process.argv[2]);
    if (process.argv[3] === "stay") setInterval(() => {}, 1000);
    console.log("locked");`;
  const options = { bundle: true, platform: "node", format: "esm" } as const;
  buildSync({ ...options, stdin: { contents, resolveDir: "." }, outfile: script });

  const child = spawn(process.execPath, [script, path, "stay"]);
  await once(child.stdout, "data");
  await expect(openLock(path)).rejects.toThrow("is in use by another server");
  child.kill("SIGKILL");
  await once(child, "close");
  const lock = await openLock(path);
  await lock.close();

  const [code] = await once(spawn(process.execPath, [script, path]), "close");
  expect(code).toBe(0);
});
