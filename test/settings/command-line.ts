// The settings' command line, run as a process of its own, and a server that answers it as a test says.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "@playwright/test";
import { build } from "esbuild";

export const developerKey = "developer-key-0f6c";
export const token = "pat-na1-access+token/0=";

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** Sent as JSON, or as it is if it is text. */
  body?: unknown;
  /** What goes wrong in place of an answer. */
  fault?: "breaks" | "hangs";
}

interface Received {
  method: string | undefined;
  path: string;
  query: { hapikey?: string; properties?: string };
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** Sets up both for the tests of a file; each test begins with nothing received. */
export function commandLine() {
  const received: Received[] = [];
  // What the server answers next; when none is left, 200 with an empty object.
  const replies: Reply[] = [];
  const folder = mkdtempSync(join(tmpdir(), "settings-"));
  const program = join(folder, "settings.mjs");
  let address = "";

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const sent = await text(request);
    received.push({
      method: request.method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: request.headers,
      body: sent === "" ? undefined : JSON.parse(sent),
    });
    const { status = 200, headers = {}, body = {}, fault } = replies.shift() ?? {};
    if (fault === "hangs") return;
    if (fault === "breaks") return void request.socket.destroy();
    response.writeHead(status, headers);
    response.end(status === 204 ? undefined : typeof body === "string" ? body : JSON.stringify(body));
  });

  /** Runs the command line; the environment is added to one that has all that is needed, `at` to the server's address. */
  async function run(args: string[], environment: Record<string, string | undefined> = {}, at = "") {
    const { PATH } = process.env;
    const needed = { HUBSPOT_APP_ID: "12345", HUBSPOT_DEVELOPER_API_KEY: developerKey, HUBSPOT_API_URL: address + at };
    const child = spawn(process.execPath, [program, ...args], {
      cwd: folder,
      env: { PATH, ...needed, ...environment },
    });
    const exit = new Promise<number | null>((resolve) => child.on("close", resolve));
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
    return { code, stdout, stderr };
  }

  test.beforeAll(async () => {
    await build({
      entryPoints: ["src/settings/settings.ts"],
      outfile: program,
      bundle: true,
      platform: "node",
      format: "esm",
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const bound = server.address();
    address = `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}`;
  });
  test.beforeEach(() => {
    received.length = 0;
    replies.length = 0;
    file("package.json", '{"name":"the-project","homepage":"https://localhost:1234/app/"}');
    rmSync(join(folder, ".env"), { force: true });
  });
  test.afterAll(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  /** Writes a file where the command line runs. */
  function file(name: string, content: string) {
    writeFileSync(join(folder, name), content);
  }

  return { received, replies, run, file };
}
