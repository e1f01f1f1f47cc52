// Tests the check command's exit codes, its output, its reports, and how it ends.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { build } from "esbuild";
import { checkCommand } from "../../src/check/command.ts";
import { softphone } from "../support/faulty-softphone.ts";
import { freePorts, ports } from "../support/ports.ts";
import { silentApp } from "../support/simulator.ts";

const pages = `.serve/${ports.HTTP_PORT}`;
let program = "";
let app = "";
let server: Server;
const running = new Set<ChildProcess>();

test.beforeAll(async () => {
  program = `.serve/check-${process.pid}.mjs`;
  const entry = `import { checkCommand } from "./src/check/command.ts";
    process.exit(await checkCommand(process.argv.slice(2), ${JSON.stringify({ pages, root: "." })}, "check"));`;
  const node = { bundle: true, format: "esm", packages: "external", platform: "node" } satisfies Parameters<
    typeof build
  >[0];
  await build({ ...node, stdin: { contents: entry, resolveDir: ".", loader: "ts" }, outfile: program });
  const apps: Record<string, string> = {
    "/": softphone("throws for an unknown caller"),
    "/startup": softphone("throws an error at startup"),
    "/silent": silentApp,
  };
  server = createServer(({ url = "/" }, response) => {
    response.setHeader("content-type", "text/html").end(apps[url]);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const bound = server.address();
  app = `http://localhost:${typeof bound === "object" ? bound?.port : ""}/`;
});
test.afterAll(async () => {
  server.close();
  await rm(program);
});
test.afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});

function start(args: string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...environment } });
  running.add(child);
  const printed = { out: "", error: "" };
  child.stdout.on("data", (data) => (printed.out += data));
  child.stderr.on("data", (data) => (printed.error += data));
  const ended = new Promise<number | string | null>((done) =>
    child.on("close", (code, signal) => done(code ?? signal)),
  );
  return { child, printed, ended };
}

async function run(...args: string[]) {
  const { printed, ended } = start(args);
  return { code: await ended, ...printed };
}

/** Runs the command in this process, which is faster than starting another process. */
async function runHere(...args: string[]) {
  const printed = { out: "", error: "" };
  const streams = { out: process.stdout, error: process.stderr };
  const restore = (["out", "error"] as const).map((name) => {
    const { write } = streams[name];
    streams[name].write = (text: string | Uint8Array, ...rest: unknown[]) => {
      printed[name] += text;
      const done = rest.at(-1);
      if (typeof done === "function") done();
      return true;
    };
    return () => {
      streams[name].write = write;
    };
  });
  try {
    const code = await checkCommand(args, { pages, root: "." }, "check");
    return { code, ...printed };
  } finally {
    for (const undo of restore) undo();
  }
}

test("exits with 1 for an app with errors, prints only JSON, writes an HTML report, and stops an endless user action", async () => {
  const userActions = test.info().outputPath("actions.mjs");
  const endlessAction = "() => new Promise(() => setInterval(() => {}, 1000))";
  await writeFile(userActions, `export const receiveCall = ${endlessAction}; export const hangUp = () => {};`);
  const folder = test.info().outputPath("report <b>");
  const only = ["--only", "events", "--only", "call: inbound"];
  const { code, out, error } = await run(
    ...[app, ...only, "--json", "--timeout", "8000", "--report", folder, "--user-actions", userActions],
  );
  expect({ code, error }).toEqual({ code: 1, error: "" });
  const report = JSON.parse(out);
  expect(report).toMatchObject({ version: 1, app, sdk: "1.2.3", result: "failed", strict: false });
  const names = report.scenarios.map(({ name }: { name: string }) => name);
  expect(names).toEqual([
    "framing",
    "handshake",
    "events",
    "events: each twice",
    "untrusted sender: events",
    "call: inbound",
  ]);
  const events = report.scenarios.find(({ name }: { name: string }) => name === "events");
  expect(events).toMatchObject({ result: "failed", findings: [{ rule: "uncaught", severity: "error" }] });
  expect(events.findings[0].message).toMatch(/^on CALLER_ID_MATCH_SUCCEEDED \(.+\): .*callerIdType/);
  const inbound = report.scenarios.find(({ name }: { name: string }) => name === "call: inbound");
  expect(inbound.findings).toMatchObject([
    { rule: "user-action-failed", message: "receiveCall: not finished within 8000 ms" },
  ]);

  const html = await readFile(join(folder, "index.html"), "utf8");
  for (const text of [
    "uncaught",
    "data:image/jpeg",
    "CALLER_ID_MATCH_SUCCEEDED",
    "&lt;img src=x onerror=alert(1)&gt;",
  ]) {
    expect(html).toContain(text);
  }
  expect(html).not.toContain("<img src=x");
});

test("writes several reports about an app with errors, and exits with 1", async () => {
  const path = (name: string) => test.info().outputPath(name);
  await writeFile(path("summary.md"), "Earlier step\n");
  const reporters = `list,github,json:${path("check.json")},junit:${path("check.xml")},html:${path("html")}`;
  const args = [`${app}startup`, "--only", "visibility", "--timeout", "8000", "--reporter", reporters];
  const { child, printed, ended } = start(args, { GITHUB_STEP_SUMMARY: path("summary.md") });
  expect({ code: await ended, error: printed.error, signal: child.signalCode }).toEqual({
    code: 1,
    error: "",
    signal: null,
  });
  expect(printed.out).toMatch(
    /^Check of http:.*\n\nerror uncaught: .*\n::error title=uncaught%3A .*::while the app loads/s,
  );
  expect(await readFile(path("summary.md"), "utf8")).toMatch(/^Earlier step\n<h2>Check of /);
  expect(JSON.parse(await readFile(path("check.json"), "utf8"))).toMatchObject({ result: "failed" });
  expect(await readFile(path("check.xml"), "utf8")).toContain('<failure type="uncaught"');
  expect(await readFile(path("html/index.html"), "utf8")).toContain("data:image/jpeg");
});

test("creates no folder if the app is unreachable, and rejects a report folder whose index.html the check did not write", async () => {
  const { PORT } = await freePorts();
  const folder = test.info().outputPath("site");
  const args = ["--report", folder, "--reporter", `json:${folder}/new/check.json`];
  const unreachable = await runHere(`http://localhost:${PORT}/`, ...args);
  expect(unreachable).toMatchObject({ code: 2, error: expect.stringContaining("cannot be reached") });
  await expect(readdir(folder)).rejects.toThrow("ENOENT");

  await mkdir(folder);
  await writeFile(join(folder, "index.html"), "A user's page");
  const rejected = await runHere(app, ...args);
  expect(rejected).toMatchObject({ code: 2, error: expect.stringMatching(/^--report .*did not write it/) });
  expect(await readdir(folder)).toEqual(["index.html"]);
  expect(await readFile(join(folder, "index.html"), "utf8")).toBe("A user's page");
});

const usageErrors: [args: (freePort: string) => string[], message: RegExp][] = [
  [() => [], /^missing required argument 'url'; run `check --help` for usage$/],
  [() => ["http://localhost/", "--timeuot", "5"], /^unknown option '--timeuot'.*--timeout.*; run `check --help`/],
  [() => ["http://localhost/", "--timeout", "0"], /--timeout <ms>' argument '0' is invalid/],
  [() => ["http://localhost/", "--only", "nothing"], /--only <text>' argument 'nothing' is invalid.*call: outbound/],
  [() => ["localhost:3000"], /"localhost:3000" is not a web URL/],
  [() => ["http://localhost/", "--user-actions", "nowhere.ts"], /--user-actions nowhere\.ts: the file does not exist/],
  [
    () => ["http://localhost/", "--report", "package.json/report"],
    /--report package\.json\/report: cannot write package\.json\/report\/index\.html: ENOTDIR/,
  ],
  [
    () => ["http://localhost/", "--reporter", "tap"],
    /--reporter <list>' argument 'tap' is invalid.*junit, html, github/,
  ],
  [() => ["http://localhost/", "--json", "--reporter", "list"], /json and list cannot both print/],
  [() => ["http://localhost/\u202e\u001b"], /cannot be reached|is not a web URL/],
  [(freePort) => [`http://localhost:${freePort}/`], /cannot be reached: the connection was refused/],
];
test("reports usage errors and unreachable apps on one line, and exits with 2", async () => {
  const { PORT } = await freePorts();
  for (const [args, message] of usageErrors) {
    const { code, out, error } = await runHere(...args(PORT));
    expect(error.trimEnd()).toMatch(message);
    expect(error).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
    expect({ code, out, lines: error.trimEnd().split("\n").length }).toEqual({ code: 2, out: "", lines: 1 });
  }
});

test("prints help to stdout", async () => {
  const { code, out } = await runHere("--help");
  expect(code).toBe(0);
  for (const option of ["--user-actions", "--reporter", "--json", "--report", "--timeout", "--headed", "--strict"])
    expect(out).toContain(option);
});

test("ends its browser processes on Ctrl-C, and exits with 130", async () => {
  test.skip(process.platform === "win32", "on Windows, a process cannot send SIGINT");
  // Without the signal, the command would run longer than the test.
  const { child, ended } = start([`${app}silent`, "--timeout", "600000"]);
  // The browser is running once it has requested the app.
  await new Promise<void>((resolve) => server.on("request", ({ headers }) => headers["sec-fetch-dest"] && resolve()));
  const started = await descendantsOf(child.pid);
  expect(started).not.toEqual([]);
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  await expect.poll(async () => (await processes()).filter(({ pid }) => started.includes(pid))).toEqual([]);
});

async function processes(): Promise<{ pid: number; parent: number }[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,stat="]);
  const rows = stdout
    .trim()
    .split("\n")
    .map((row) => row.trim().split(/\s+/));
  // Zombie processes have already ended.
  return rows
    .filter(([, , state = ""]) => !state.startsWith("Z"))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
}

async function descendantsOf(ancestor: number | undefined): Promise<number[]> {
  const all = await processes();
  const childrenOf = (id: number | undefined): number[] =>
    all.filter(({ parent }) => parent === id).flatMap(({ pid }) => [pid, ...childrenOf(pid)]);
  return childrenOf(ancestor);
}
