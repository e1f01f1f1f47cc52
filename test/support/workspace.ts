// A temporary copy of the files that a build needs. Tests can change or break the files, and run the build there.
import { spawn } from "node:child_process";
import { cpSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const project = resolve(import.meta.dirname, "..", "..");

export type Workspace = Awaited<ReturnType<typeof openWorkspace>>;

export async function openWorkspace() {
  const folder = await mkdtemp(join(tmpdir(), "calling-app-"));
  // Also copies the test server's certificate, so that no server in a workspace needs to create one.
  for (const name of ["src", "static", "certs", "build.mjs", "package.json", "tsconfig.json"]) {
    // The asynchronous `cp` takes three times as much CPU time.
    cpSync(join(project, name), join(folder, name), { recursive: true });
  }
  await symlink(join(project, "node_modules"), join(folder, "node_modules"), "junction");
  const stopAll: (() => Promise<unknown>)[] = [];

  /** Starts `node build.mjs` in the copy. `printed` collects its output; `ended` resolves to its exit code or signal. */
  function start(parameters: string[], environment: Record<string, string> = {}) {
    const child = spawn(process.execPath, ["build.mjs", ...parameters], {
      cwd: folder,
      env: { ...process.env, CI: "1", ...environment },
    });
    const printed = { out: "", error: "" };
    child.stdout.on("data", (data) => (printed.out += data));
    child.stderr.on("data", (data) => (printed.error += data));
    const ended = new Promise<number | string | null>((done) =>
      child.on("close", (code, signal) => done(code ?? signal)),
    );
    stopAll.push(() => {
      child.kill();
      return ended;
    });
    return { child, printed, ended };
  }

  async function close(): Promise<void> {
    // Windows cannot delete a folder while a process runs in it.
    await Promise.all(stopAll.map((stop) => stop()));
    await rm(folder, { recursive: true, force: true });
  }

  return { folder, start, close };
}
