// Runs the settings command against a server whose replies the test defines.
import { type SpawnOptions, spawn } from "node:child_process";
import { mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline, type Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { test } from "@playwright/test";
import { build } from "esbuild";
import type { Command } from "../../src/settings/command.ts";
import { readCommand } from "../../src/settings/command-line.ts";
import { settings } from "../../src/settings/settings.ts";

export const developerKey = "developer-key-0f6c";
export const token = "pat-na1-access+token/0=";

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** Strings are sent unchanged, other values as JSON. */
  body?: unknown;
  /** A fault instead of a complete reply. */
  fault?: "breaks" | "hangs" | "never ends" | "breaks within" | "stops within";
}

interface Received {
  method: string | undefined;
  path: string;
  query: { hapikey?: string; properties?: string };
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** The default values for the `create` actions. */
export const initial = { name: "app", url: "https://localhost:9025/", now: "2026-03-31T12:00:00.000Z" };

/** Yields a hundred times the size limit, and then ends, in case a faulty command reads everything. */
function* endless() {
  for (let count = 0; count < 1600; count++) yield Buffer.alloc(65_536, "x");
}

/** Parses a command line in this process. */
export function read(...args: string[]): Command {
  const command = readCommand(args, initial, "the-command");
  if (typeof command === "string") throw new Error(`The command line requests help: ${command}`);
  return command;
}

/** Returns the help text that a command line requests. */
export function readHelp(...args: string[]): string {
  const help = readCommand(args, initial, "the-command");
  if (typeof help !== "string") throw new Error("The command line does not request help");
  return help;
}

interface Output {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command in this process, which takes a tenth of the time that a separate process takes. */
export async function runHere(args: string[], folder: string, variables: NodeJS.ProcessEnv): Promise<Output> {
  const output = { stdout: "", stderr: "" };
  const { env } = process;
  const here = process.cwd();
  const restore = (["stdout", "stderr"] as const).map((name) => {
    const { write } = process[name];
    process[name].write = (text: string | Uint8Array, ...rest: unknown[]) => {
      output[name] += text;
      const done = rest.at(-1);
      if (typeof done === "function") done();
      return true;
    };
    return () => {
      process[name].write = write;
    };
  });
  process.env = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
  process.chdir(folder);
  try {
    const code = await settings(args);
    return { code, ...output };
  } finally {
    process.chdir(here);
    process.env = env;
    for (const undo of restore) undo();
  }
}

async function runSeparately(program: string, args: string[], options: SpawnOptions, path?: string): Promise<Output> {
  const child = spawn(process.execPath, [program, ...args], {
    ...options,
    stdio: ["ignore", path ? openSync(path, "w") : "pipe", "pipe"],
  });
  const exit = new Promise<number | null>((resolve) => child.on("close", resolve));
  const read = (stream: Readable | null) => (stream ? text(stream) : "");
  const [stdout, stderr, code] = await Promise.all([read(child.stdout), read(child.stderr), exit]);
  return { code, stdout, stderr };
}

/** Sets up the command and the server for the tests in a file. `received` is empty at the start of each test. */
export function commandLine() {
  const received: Received[] = [];
  // The server's next replies. If the list is empty, the server responds with status 200 and an empty object.
  const replies: Reply[] = [];
  const folder = mkdtempSync(join(tmpdir(), "settings-"));
  const program = join(folder, "settings.mjs");
  let address = "";
  let queue: Promise<Output | undefined> = Promise.resolve(undefined);

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const requestBody = await text(request);
    received.push({
      method: request.method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: request.headers,
      body: requestBody === "" ? undefined : JSON.parse(requestBody),
    });
    const { status = 200, headers = {}, body = {}, fault } = replies.shift() ?? {};
    if (fault === "hangs") return;
    if (fault === "breaks") return void request.socket.destroy();
    response.writeHead(status, headers);
    if (fault === "never ends") return void pipeline(endless(), response, () => {});
    if (fault === "stops within") return void response.write("{");
    if (fault === "breaks within") return void response.write("{", () => request.socket.destroy());
    response.end(status === 204 ? undefined : typeof body === "string" ? body : JSON.stringify(body));
  });

  /**
   * Runs the command with the required variables and the variables in `environment`.
   * @param options `at`: a path to append to the server's URL; `stdout`: a file; `isSeparate`: whether the command runs in
   * a separate process. By default, it does if `stdout` is set, or if a reply has a fault, which could keep the process alive.
   */
  function run(
    args: string[],
    environment: Record<string, string | undefined> = {},
    options: { at?: string; stdout?: string; isSeparate?: boolean } = {},
  ): Promise<Output> {
    const { at = "", stdout, isSeparate = stdout !== undefined || replies.some(({ fault }) => fault) } = options;
    const required = {
      PATH: process.env.PATH,
      HUBSPOT_APP_ID: "12345",
      HUBSPOT_DEVELOPER_API_KEY: developerKey,
      HUBSPOT_API_URL: address + at,
    };
    const variables = { ...required, ...environment };
    if (isSeparate) return runSeparately(program, args, { cwd: folder, env: variables }, stdout);
    const output = queue.then(() => runHere(args, folder, variables));
    queue = output;
    return output;
  }

  test.beforeAll(async () => {
    await build({
      entryPoints: ["src/settings/main.ts"],
      outfile: program,
      bundle: true,
      platform: "node",
      format: "esm",
      // commander is CommonJS and calls require.
      banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const bound = server.address();
    address = `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}`;
  });
  test.beforeEach(() => {
    received.length = 0;
    replies.length = 0;
    file("package.json", '{"name":"the-project","homepage":"https://localhost:1234/app/"}');
    file(".env", undefined);
  });
  test.afterAll(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  /** Writes a file in the command's working directory, or deletes it if `content` is undefined. */
  function file(name: string, content: string | undefined) {
    if (content === undefined) rmSync(join(folder, name), { force: true });
    else writeFileSync(join(folder, name), content);
  }

  return { received, replies, run, file };
}
