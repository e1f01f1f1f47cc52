import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { get } from "node:https";
import { connect, createServer, Server } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { openServer } from "../../src/server/server.ts";
import { expect, test } from "../support/host.ts";
import { freePorts, ports } from "../support/ports.ts";
import { serve as serveOther } from "../support/serve.ts";

const startErrors: [problem: string, environment: Record<string, string>, line: RegExp][] = [
  ["a busy port", ports, /^port \d+ is busy; stop the program that uses it, or set PORT to another port\n$/],
  ["an invalid port", { PORT: "abc" }, /^PORT: invalid port "abc"; use a whole number .*\n$/],
  [
    "a port out of range",
    { PORT: "0", HTTP_PORT: "70000" },
    /^HTTP_PORT: invalid port "70000"; use a whole number .*\n$/,
  ],
];
for (const [problem, environment, line] of startErrors) {
  test(`exits with 1 and a one-line error for ${problem}`, async ({ workspace }) => {
    const { printed, ended } = workspace.start(["--serve"], environment);
    expect(await ended).toBe(1);
    expect(printed.error).toMatch(line);
  });
}

test("exits with 1 and a one-line error for a .env file in UTF-16", async ({ workspace }) => {
  await writeFile(join(workspace.folder, ".env"), "PORT=1\n", "utf16le");
  const { printed, ended } = workspace.start(["--serve"], await freePorts());
  expect([await ended, printed.error]).toEqual([
    1,
    expect.stringMatching(/^\.env is in UTF-16; save it as UTF-8\.\n$/),
  ]);
});

test("exits with 1 and a one-line error for a source file that does not build", async ({ workspace }) => {
  await writeFile(join(workspace.folder, "src", "index.ts"), "const broken = ;\n");
  for (const args of [[], ["--serve"]]) {
    const { printed, ended } = workspace.start(args, await freePorts());
    expect(await ended).toBe(1);
    expect(printed.error).toMatch(/^The build failed\. src\/index\.ts:1:15: Unexpected ";"\n$/);
  }
});

test("exits with 1 and a one-line error for an unknown option", async ({ workspace }) => {
  const { printed, ended } = workspace.start(["--sevre"]);
  expect(await ended).toBe(1);
  expect(printed.error).toMatch(/^Unknown option '--sevre'.*\n$/);
});

async function raw(address: string, lines: string): Promise<string> {
  const socket = connect(Number(new URL(address).port), "127.0.0.1");
  socket.write(`${lines}Connection: close\r\n\r\n`);
  return text(socket);
}

const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));

test("writes to a folder named after its http port, which a second server on the same ports does not change", async ({
  workspace,
}) => {
  const free = await freePorts();
  const first = workspace.start(["--serve", "--no-open"], free);
  await expect.poll(() => first.printed.out).toContain(`http://localhost:${free.HTTP_PORT}/`);
  const serve = join(workspace.folder, ".serve");
  const files = async () => (await readdir(serve, { recursive: true })).sort((one, other) => one.localeCompare(other));
  const before = await files();
  expect(before).toEqual(expect.arrayContaining([free.HTTP_PORT, join(free.HTTP_PORT, "app", "index.html")]));
  expect(before.filter((name) => !name.startsWith(free.HTTP_PORT))).toEqual([]);

  const page = join(serve, free.HTTP_PORT, "app", "index.html");
  const { mtimeMs } = await stat(page);
  const second = workspace.start(["--serve", "--no-open"], free);
  expect([await second.ended, second.printed.error]).toEqual([1, expect.stringContaining(`port ${free.PORT} is busy`)]);
  expect([(await stat(page)).mtimeMs, await files()]).toEqual([mtimeMs, before]);
});

test("serves https with a certificate signed by the local certificate authority", async () => {
  const ca = await readFile("certs/ca.crt");
  const status = await new Promise((resolve, reject) => {
    get(`https://localhost:${ports.PORT}/`, { ca }, ({ statusCode }) => resolve(statusCode)).on("error", reject);
  });
  expect(status).toBe(200);
});

test("refuses a connection to an IPv4 address other than 127.0.0.1", async () => {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const outward = addresses.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "127.0.0.2";
  for (const port of [ports.PORT, ports.HTTP_PORT]) {
    const socket = connect(Number(port), outward);
    const connection = new Promise((resolve) => socket.on("connect", () => resolve("answers")).on("error", resolve));
    expect(await connection).toMatchObject({ code: "ECONNREFUSED" });
  }
});

const requests: [path: string, status: number][] = [
  ["/", 200],
  ["/index.html", 200],
  ["/index.js.map", 200],
  ["/nothing", 404],
  ["/..%2fserver.mjs", 404],
  ["/%", 404],
  ["/%00", 404],
  ["/?a=%", 200],
];
for (const [path, status] of requests) {
  test(`answers ${path} with ${status}`, async ({ request }) => {
    expect((await request.get(`http://localhost:${ports.HTTP_PORT}${path}`)).status()).toBe(status);
  });
}

test("serves HubSpot's endpoints and the internal endpoints only at 127.0.0.1", async ({ request }) => {
  const statuses = async (origin: string) => {
    const paths = ["/simulator/state", "/crm/v3/objects/calls/1", "/crm/extensions/calling/2026-03/1/settings"];
    const answers = await Promise.all(paths.map((path) => request.get(origin + path, { ignoreHTTPSErrors: true })));
    return answers.map((answer) => answer.status());
  };
  expect(await statuses(`http://127.0.0.1:${ports.HTTP_PORT}`)).toEqual([200, 401, 401]);
  expect(await statuses(`http://localhost:${ports.HTTP_PORT}`)).toEqual([404, 404, 404]);
  expect(await statuses(`https://localhost:${ports.PORT}`)).toEqual([404, 404, 404]);
});

test("tells the browser not to cache pages", async ({ request }) => {
  for (const host of ["localhost", "127.0.0.1"]) {
    for (const path of ["/", "/index.html"]) {
      const { "cache-control": cache } = (await request.get(`http://${host}:${ports.HTTP_PORT}${path}`)).headers();
      expect(cache).toMatch(/\bno-(store|cache)\b/);
    }
  }
});

test.describe("openServer", () => {
  let folder = "";
  test.afterEach(() => rm(folder, { recursive: true }));

  /** Opens a separate server, which stores its pages and state in a temporary folder. */
  async function open(settings: Partial<Parameters<typeof openServer>[0]> = {}) {
    folder = await mkdtemp(join(tmpdir(), "server-"));
    const files = { certificateFolder: "certs", phoneNumbersFile: "src/webhook/phone-numbers.json" };
    const paths = (port: number) => {
      const pages = join(folder, `${port}`);
      return { pages, store: join(pages, "hubspot.json") };
    };
    const environmentFile = join(folder, ".env");
    const environment = { PORT: "0", HTTP_PORT: "0" };
    const build = async () => {};
    const { urls } = await openServer({
      ...files,
      paths,
      headers: {},
      environment,
      environmentFile,
      build,
      ...settings,
    });
    const [simulator, app, http] = urls.map(({ url }) => url.slice(0, -1));
    return { simulator: `${simulator}`, app: `${app}`, http: `${http}` };
  }

  test("opens free ports if the ports are 0, and uses them in its URLs, its folder name and the webhook's URL", async () => {
    const warnings: string[] = [];
    const { warn } = console;
    console.warn = (line: string) => warnings.push(line);
    try {
      let built = "";
      const { simulator, app, http } = await open({
        build: async ({ pages: pagesFolder }) => {
          built = pagesFolder;
        },
      });
      const [port, httpPort] = [app, http].map((address) => new URL(address).port);
      expect([Number(port) > 0, Number(httpPort) > 0, port === httpPort]).toEqual([true, true, false]);
      expect(simulator).toBe(`http://127.0.0.1:${httpPort}`);
      expect(built).toBe(join(folder, `${httpPort}`));
      const wrong = { "x-hubspot-signature-v3": "wrong" };
      const headers = { "x-hubspot-request-timestamp": `${Date.now()}`, ...wrong };
      expect((await fetch(`${http}/webhook`, { method: "POST", headers })).status).toBe(401);
      expect(warnings.join()).toContain(`https://localhost:${port}/webhook`);
    } finally {
      console.warn = warn;
    }
  });

  test("reads missing variables from .env without passing them to child processes, and serves only /webhook at WEBHOOK_URL's host", async () => {
    const file = join(await mkdtemp(join(tmpdir(), "environment-")), ".env");
    await writeFile(file, "HTTP_PORT=junk\nWEBHOOK_URL=https://tunnel.example/webhook\nSECRET_OF_A_SPEC=yes\n");
    let inherited = "";
    const { http } = await open({
      environmentFile: file,
      build: async ({ pages: pagesFolder }) => {
        await mkdir(join(pagesFolder, "app"), { recursive: true });
        await writeFile(join(pagesFolder, "app", "index.html"), "<p>built");
        inherited = execFileSync(process.execPath, ["-p", "JSON.stringify(process.env)"]).toString();
      },
    });
    expect(inherited).not.toMatch(/tunnel\.example|SECRET_OF_A_SPEC/);
    // A tunnel sends the public URL's host in the Host header. Its requests may reach only the webhook.
    const statusOf = async (path: string) =>
      (await raw(http, `GET ${path} HTTP/1.1\r\nHost: tunnel.example\r\n`)).slice(9, 12);
    const paths = ["/webhook", "/webhook?tenant=1", "/webhooks", "/", "/?/webhook", "/simulator/state"];
    expect(await Promise.all(paths.map(statusOf))).toEqual(["405", "405", "404", "404", "404", "404"]);
  });

  test("answers with 404 if the Host header contains another hostname or port", async () => {
    const { http } = await open({
      build: async ({ pages: pagesFolder }) => {
        for (const page of ["app", "simulator"]) {
          await mkdir(join(pagesFolder, page), { recursive: true });
          await writeFile(join(pagesFolder, page, "index.html"), "<p>built");
        }
      },
    });
    const { port } = new URL(http);
    const status = async (path: string, host: string) => {
      const [head = "", body] = (await raw(http, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n`)).split("\r\n\r\n");
      return `${head.slice(9, 12)} ${body}`;
    };
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, `LocalHost:${port}`]) {
      expect(await status("/", host), host).toBe("200 <p>built");
    }
    for (const host of [
      ...["evil.example", `evil.example:${port}`, `localhost.evil.example:${port}`, `127.0.0.1.evil.example:${port}`],
      ...["localhost", "localhost:1", `app.localhost:${port}`, `127.0.0.2:${port}`, `localhost:${port}.`, ""],
    ]) {
      for (const path of ["/", "/events", "/webhook", "/simulator/state", "/crm/v3/objects/calls/1"]) {
        expect(await status(path, host), host + path).toBe("404 ");
      }
    }
  });

  test("accepts requests through a proxy only on /webhook, even if the proxy replaced the host", async () => {
    const { http } = await open();
    const { host } = new URL(http);
    const headers = ["Forwarded: for=192.0.2.1", "X-Forwarded-For: 192.0.2.1", "x-forwarded-host: tunnel.example"];
    const paths = ["/", "/events", "/simulator", "/simulator/state", "/crm/v3/objects/calls/1", "/webhook"];
    for (const header of [...headers, "X-Forwarded-Anything: "]) {
      const statusOf = async (path: string) =>
        (await raw(http, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${header}\r\n`)).slice(9, 12);
      const statuses = await Promise.all(paths.map(statusOf));
      expect(statuses, header).toEqual(["404", "404", "404", "404", "404", "405"]);
    }
  });

  test("answers HEAD requests for the event stream, and rejects methods other than GET and HEAD", async () => {
    const { http } = await open();
    const statusOf = async (method: string) => (await fetch(`${http}/events`, { method })).status;
    expect(await Promise.all(["HEAD", "POST", "DELETE", "PUT"].map(statusOf))).toEqual([200, 405, 405, 405]);
  });

  test("keeps answering other requests while too many event streams are open", async () => {
    const { http, simulator } = await open();
    const end = new AbortController();
    const follow = async () => (await fetch(`${http}/events`, { signal: end.signal })).status;
    const statuses = await Promise.all(Array.from({ length: 110 }, follow));
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect((await fetch(`${simulator}/simulator/state`)).status).toBe(200);
    end.abort();
    await expect.poll(async () => (await fetch(`${http}/events`, { method: "HEAD" })).status).toBe(200);
  });

  test("also listens on ::1, and reports a port as busy even if another program uses it only there", async () => {
    test.skip(!hasIPv6, "this machine has no IPv6");
    const { http } = await open();
    const { port } = new URL(http);
    expect((await fetch(`http://[::1]:${port}/simulator`, { redirect: "manual" })).status).toBe(302);

    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, "::1", listening));
    const bound = other.address();
    const busy = `${typeof bound === "object" ? bound?.port : ""}`;
    try {
      await expect(open({ environment: { PORT: "0", HTTP_PORT: busy } })).rejects.toThrow(
        `port ${busy} is busy on [::1]; stop the program that uses it, or set HTTP_PORT to another port`,
      );
    } finally {
      other.close();
    }
  });

  test("closes the https port if the http port is busy", async () => {
    const { PORT, HTTP_PORT } = await freePorts();
    const other = createServer();
    await new Promise<void>((listening) => other.listen(Number(HTTP_PORT), "127.0.0.1", listening));
    try {
      await expect(open({ environment: { PORT, HTTP_PORT } })).rejects.toThrow(`port ${HTTP_PORT} is busy`);
    } finally {
      other.close();
    }
    const { app } = await open({ environment: { PORT, HTTP_PORT: "0" } });
    expect(new URL(app).port).toBe(PORT);
  });

  test("names the port's option in the error if the system does not allow the port", async () => {
    const { listen } = Server.prototype;
    Server.prototype.listen = function (this: Server) {
      queueMicrotask(() => this.emit("error", Object.assign(new Error("listen EACCES"), { code: "EACCES" })));
      return this;
    };
    try {
      await expect(
        open({
          certificateFolder: undefined,
          environment: { HTTP_PORT: "80" },
          variableNames: { HTTP_PORT: "--port" },
        }),
      ).rejects.toThrow(/^port 80 is not allowed: .*; set --port to another port$/);
    } finally {
      Server.prototype.listen = listen;
    }
  });

  test("disconnects a client that does not finish its request, but not one that receives events", async () => {
    const { http } = await open({ requestTimeoutMs: 300 });
    const events = await fetch(`${http}/events`);
    const put = `PUT /simulator/calls/1 HTTP/1.1\r\nHost: 127.0.0.1:${new URL(http).port}\r\n`;
    for (const bytes of [
      "",
      "GET / HTTP/1.1\r\n",
      `${put}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n1`,
    ]) {
      const socket = connect(Number(new URL(http).port), "127.0.0.1");
      socket.write(bytes);
      await new Promise((closed) => socket.on("close", closed).resume());
    }
    const reader = events.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain("event: built");
    await reader?.cancel();
  });

  test("answers early requests only after it has built the pages", async () => {
    const otherServer = await serveOther((_, response) => void response.end());
    const early: Promise<Response>[] = [];
    let answered = 0;
    const { HTTP_PORT } = await freePorts();
    const address = `http://127.0.0.1:${HTTP_PORT}`;
    const build = async ({ pages: folder }: { pages: string }) => {
      for (const path of ["/", "/simulator/state", "/webhook"]) early.push(fetch(address + path));
      for (const answer of early) void answer.then(() => answered++);
      // A premature answer would arrive long before these responses.
      for (let count = 0; count < 50; count++) await (await fetch(otherServer)).text();
      expect(answered).toBe(0);
      await mkdir(join(folder, "simulator"), { recursive: true });
      await writeFile(join(folder, "simulator", "index.html"), "<p>built");
    };
    await open({ environment: { PORT: "0", HTTP_PORT }, build });
    const answers = await Promise.all(early);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 405]);
    expect(await answers[0]?.text()).toBe("<p>built");
  });
});
