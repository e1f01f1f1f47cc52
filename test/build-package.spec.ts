// Packs the package, installs it in an empty folder, creates the example project there, and runs the package in the project.
import { execFile, spawn } from "node:child_process";
import { cpSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, posix, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { build } from "esbuild";
import { expect, test } from "./support/host.ts";
import { freePorts, ports } from "./support/ports.ts";
import { silentApp } from "./support/simulator.ts";
import { openWorkspace } from "./support/workspace.ts";

test.describe.configure({ mode: "default" });

/** Contains the packed package and the project. */
let parent = "";
/** The project's folder. */
let folder = "";
/** A folder in the project, with tests and types that use the package. */
let uses = "";
let packed: { unpackedSize: number; files: { path: string }[] };

/** Runs a program without the environment variables that Playwright sets. */
function run(program: string, args: string[], { environment = {}, shell = false, cwd = folder } = {}) {
  const own = /^(TEST_WORKER_INDEX|TEST_PARALLEL_INDEX|FORCE_COLOR|PLAYWRIGHT_JSON_OUTPUT.*)$/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
  return new Promise<{ code: number | string; out: string; error: string }>((done) => {
    execFile(
      program,
      args,
      { cwd, shell, env: { ...env, CI: "1", ...environment }, maxBuffer: 64e6 },
      (failed, out, error) => {
        done({ code: failed?.code ?? 0, out, error: stripVTControlCharacters(error) });
      },
    );
  });
}

// On Windows, npm is a script for the shell, which splits arguments at spaces unless they are quoted.
const shell = process.platform === "win32";
const npm = (args: string[], cwd?: string) =>
  run("npm", shell ? args.map((arg) => `"${arg}"`) : args, { shell, ...(cwd && { cwd }) });
const installOptions = ["--prefer-offline", "--no-audit", "--no-fund"];
const program = () => join(folder, "node_modules", "hubspot-calling-app", "lib", "cli.js");
const command = (...args: string[]) => run(process.execPath, [program(), ...args]);
const init = (...args: string[]) => run(process.execPath, [program(), "init", ...args], { cwd: parent });

test.beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "project-"));
  folder = join(parent, "softphone");
  uses = join(folder, "uses");
  const tarball = join(parent, "hubspot-calling-app-0.1.0.tgz");
  const workspace = await openWorkspace();
  try {
    cpSync("test/examples", join(workspace.folder, "test/examples"), { recursive: true });
    const built = workspace.start(["--package"]);
    expect([await built.ended, built.printed.error]).toEqual([0, ""]);
    const { out } = await npm(["pack", "--ignore-scripts", "--json", "--pack-destination", parent], workspace.folder);
    [packed] = JSON.parse(out);
  } finally {
    await workspace.close();
  }
  await mkdir(uses, { recursive: true });
  for (const name of ["cases.test.ts", "types.ts"]) await cp(join("test/testing", name), join(uses, name));
  await writeFile(join(uses, "readme.test.ts"), await firstCodeBlock("src/testing/README.md"));
  const limits = "{ timeout: 300_000, expect: { timeout: 60_000 } }"; // for busy machines
  await writeFile(join(uses, "playwright.config.ts"), `export default ${limits};\n`);

  // The project's own installation then needs to add only the other packages.
  const installed = await npm(["install", "--no-save", ...installOptions, tarball]);
  expect(installed, "the package installs without errors or warnings").toMatchObject({ code: 0, error: "" });
  const created = await init("softphone");
  expect(created, "init creates a project").toMatchObject({ code: 0, out: expect.stringContaining("npm test") });
  const completed = await npm(["install", ...installOptions]);
  expect(completed, "the project installs without errors or warnings").toMatchObject({ code: 0, error: "" });
});

test.afterAll(() => rm(parent, { recursive: true, force: true, maxRetries: 3 }));

async function firstCodeBlock(readme: string): Promise<string> {
  const [, code = ""] = /```ts\n(.*?)```/s.exec(await readFile(readme, "utf8")) ?? [];
  return code;
}

test("is smaller than 1.1 MB when unpacked, and contains every file that its exports, its command and four of its READMEs refer to, and no unexpected file in a folder other than lib/", async () => {
  expect(packed.unpackedSize).toBeLessThan(1_100_000);
  const { exports, bin } = JSON.parse(await readFile("package.json", "utf8"));
  const named = [...JSON.stringify([exports, bin]).matchAll(/"(?:\.\/)?(lib\/[^"]+)"/g)].map(([, path]) => path);
  expect(named).toHaveLength(12);
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(named));
  expect(paths.filter((path) => !/^(lib\/|[\w.]+$)/.test(path)).toSorted()).toEqual([
    "src/app/guard.ts",
    "src/app/relay.ts",
    "src/check/README.md",
    "src/check/report/report.ts",
    "src/cli/README.md",
    "src/mock/README.md",
    "src/server/README.md",
    "src/settings/README.md",
    "src/simulator/README.md",
    "src/simulator/rules/README.md",
    "src/simulator/ui/window-hubspot.ts",
    "src/testing/README.md",
    "src/testing/call.jsonl",
    "src/webhook/README.md",
    "src/webhook/phone-numbers.json",
    "test/examples/.github/workflows/calls.yml",
    "test/examples/README.md",
    "test/examples/call.jsonl",
    "test/examples/index.html",
    "test/examples/package.json",
    "test/examples/playwright.config.ts",
    "test/examples/softphone.actions.ts",
    "test/examples/softphone.e2e.ts",
    "test/examples/softphone.test.ts",
    "test/examples/softphone.ts",
    "test/examples/tsconfig.json",
    "test/examples/vite.config.ts",
  ]);
  for (const folder of ["src/check", "src/cli", "src/mock", "src/testing"]) {
    const readme = await readFile(`${folder}/README.md`, "utf8");
    const links = [...readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link = ""]) => posix.join(folder, link));
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !paths.some((path) => `${path}/`.startsWith(`${link}/`)))).toEqual([]);
  }
});

test("has a webhook module whose bundle imports nothing, not even from Node", async () => {
  const contents = 'export { createWebhook, verifySignature } from "hubspot-calling-app/webhook"';
  const options = { bundle: true, platform: "neutral", format: "esm", write: false, metafile: true } as const;
  const { metafile } = await build({ ...options, stdin: { contents, resolveDir: folder }, logLevel: "silent" });
  expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
});

test("has mock and protocol modules that CommonJS code, such as Jest's, can require", async () => {
  // Newer versions of Node can also require ES modules. Jest cannot.
  const code = `const { createHubspot } = require("hubspot-calling-app/mock");
    const { eventHandlers } = require("hubspot-calling-app/protocol");
    const resolved = ["mock", "protocol"].map((name) => require.resolve("hubspot-calling-app/" + name).split(".").pop());
    console.log(typeof createHubspot, typeof eventHandlers, ...resolved);`;
  expect(await run(process.execPath, ["--input-type=commonjs", "--eval", code])).toEqual({
    code: 0,
    out: "function function cjs cjs\n",
    error: "",
  });
});

test("starts two servers at once, verifies requests to the webhook with the secret that the caller passes, not with the environment's, reports a missing file of phone numbers, and lets the Node process exit", async () => {
  const secret = "the app's client secret";
  const code = `import { createHmac } from "node:crypto";
    import { startServer } from "hubspot-calling-app";
    const servers = await Promise.all([startServer({ clientSecret: "${secret}" }), startServer()]);
    for (const { simulator, app } of servers) console.log((await fetch(simulator)).status, (await fetch(app)).status);
    const body = JSON.stringify({ appId: 1, portalId: 62515, userId: 9 });
    for (const { app } of servers) {
      const url = app + "webhook";
      const timestamp = String(Date.now());
      const signature = createHmac("sha256", "${secret}").update("POST" + url + body + timestamp).digest("base64");
      const signed = { "x-hubspot-request-timestamp": timestamp, "x-hubspot-signature-v3": signature };
      const headers = { "content-type": "application/json", ...signed };
      console.log((await fetch(url, { method: "POST", headers, body })).status);
    }
    await Promise.all(servers.map(({ close }) => close()));
    await startServer({ phoneNumbers: "nowhere.json" }).catch(({ message }) => console.log(message));`;
  const environment = { HUBSPOT_CLIENT_SECRET: secret };
  expect(await run(process.execPath, ["--input-type=module", "--eval", code], { environment })).toEqual({
    code: 0,
    out: "200 200\n200 200\n200\n401\nnowhere.json: is missing or empty\n",
    error: expect.stringMatching(/^webhook: rejected a request: the signature is wrong.*\n$/),
  });
});

test("has types that accept correct code and reject incorrect code", async () => {
  const compilerOptions = { module: "nodenext", target: "es2023", lib: ["es2023", "dom"], strict: true, noEmit: true };
  const tsconfig = { compilerOptions: { ...compilerOptions, skipLibCheck: true, types: [] }, files: ["types.ts"] };
  await writeFile(join(uses, "tsconfig.json"), JSON.stringify(tsconfig));
  const tsc = [resolve("node_modules/typescript/bin/tsc"), "--singleThreaded", "-p", uses];
  const { code, out } = await run(process.execPath, tsc);
  expect([out, code]).toEqual(["", 0]);
});

test("gives the expected result in each test of the fixture, in the testing README's tests, and in a generated test", async () => {
  const generated = await command("codegen", join("node_modules", "hubspot-calling-app", "src/testing/call.jsonl"));
  await writeFile(join(uses, "codegen.test.ts"), generated.out);
  const cli = join(folder, "node_modules", "@playwright", "test", "cli.js");
  const { out, error } = await run(process.execPath, [cli, "test", "--config=uses", "--reporter=json", "--workers=1"]);
  type Suite = { suites?: Suite[]; specs: { title: string; tests: Test[] }[] };
  type Test = {
    results: { status: string; errors: { message: string }[]; attachments: { name: string; body: string }[] }[];
  };
  const specsOf = ({ suites = [], specs }: Suite): Suite["specs"] => [...specs, ...suites.flatMap(specsOf)];
  const { suites }: { suites: Suite[] } = JSON.parse(
    out.slice(out.indexOf("{")) || JSON.stringify({ suites: [], error }),
  );
  const specs = suites.flatMap(specsOf);
  const of = (title: string) => specs.find((spec) => spec.title === title)?.tests[0]?.results[0];
  expect(specs.map(({ title }) => [title, of(title)?.status])).toEqual([
    ["fails for a call that is never completed", "failed"],
    ["passes if the only finding is expected", "passed"],
    ["fails if an expected finding is missing", "failed"],
    ["fails if a message of a recorded call is missing", "failed"],
    ["lists phone numbers for the help desk", "passed"],
    [
      "applies the location, session and answers, and keeps the location, the session and the findings after a reload",
      "passed",
    ],
    ["repeats a session", "passed"],
    ["saves a call", "passed"],
    ["repeats a recorded call", "passed"],
  ]);
  expect(of("fails for a call that is never completed")?.errors.map(({ message }) => message)).toEqual([
    expect.stringContaining("\nghost-call: call "),
  ]);
  expect(of("fails if an expected finding is missing")?.errors[0]?.message).toContain(
    "ghost-call: expected, but the app did not break this rule",
  );
  expect(of("fails if a message of a recorded call is missing")?.errors[0]?.message).toContain("CALL_COMPLETED");
  const [log, sequence] = of("saves a call")?.attachments ?? [];
  expect([log?.name, sequence?.name]).toEqual(["hubspot-log.jsonl", "hubspot-sequence.mmd"]);
  const lines = Buffer.from(log?.body ?? "", "base64")
    .toString()
    .trim()
    .split("\n");
  expect(lines.map((line) => JSON.parse(line)).map(({ from, type }) => `${from} ${type}`)).toEqual(
    expect.arrayContaining(["hubspot READY", "hubspot DIAL_NUMBER", "app OUTGOING_CALL_STARTED"]),
  );
  expect(Buffer.from(sequence?.body ?? "", "base64").toString()).toContain(
    "App->>HubSpot: OUTGOING_CALL_STARTED outgoingCall",
  );
});

test("creates a project whose tests pass, and does not overwrite an existing project", async () => {
  await expect(readFile(join(folder, "softphone.ts"), "utf8")).resolves.toContain("onDialNumber");
  const again = await init("softphone");
  expect(again).toMatchObject({ code: 1, error: expect.stringMatching(/^softphone already contains .*README\.md/) });
  expect(await init()).toMatchObject({ code: 2, error: expect.stringContaining("missing required argument") });

  const { PORT } = await freePorts();
  const tested = await run("npm", ["test", "--", "--timeout=300000"], { shell, environment: { PORT: `${PORT}` } });
  expect(tested.out).toMatch(/2 passed[\s\S]*3 passed/);
  expect(tested.code).toBe(0);
});

test("has a command that prints its version and its help, and that rejects invalid arguments and a busy port", async () => {
  expect(await npm(["exec", "--no", "hubspot-calling-app", "--", "--version"])).toMatchObject({
    code: 0,
    out: "0.1.0\n",
  });
  expect(await command("--help")).toMatchObject({ code: 0, out: expect.stringContaining("--https-port") });
  for (const args of [["--prot", "1"], ["strat"], ["--port", "junk"], ["--app", "localhost:3000"]]) {
    expect(await command(...args), args.join(" ")).toMatchObject({
      code: 2,
      out: "",
      error: expect.stringMatching(/.+/),
    });
  }
  const busy = await command("--port", ports.HTTP_PORT, "--https-port", "0", "--no-open");
  expect(busy).toMatchObject({
    code: 1,
    error: `port ${ports.HTTP_PORT} is busy; stop the program that uses it, or set --port to another port\n`,
  });
});

test("prefers WEBHOOK_URL in the environment to WEBHOOK_URL in .env", async () => {
  const cwd = join(folder, "with-env");
  await mkdir(cwd);
  await writeFile(join(cwd, ".env"), "WEBHOOK_URL=wrong-in-file");
  const start = (environment: Record<string, string>) =>
    run(process.execPath, [program(), "--port", "0", "--https-port", "0", "--no-open"], { cwd, environment });
  const error = (url: string) => ({ code: 1, error: expect.stringContaining(`invalid URL "${url}"`) });
  expect(await start({})).toMatchObject(error("wrong-in-file"));
  expect(await start({ WEBHOOK_URL: "wrong-in-environment" })).toMatchObject(error("wrong-in-environment"));
});

test("generates a test for the app at the URL that --app specifies", async () => {
  const log = join("node_modules", "hubspot-calling-app", "src/testing/call.jsonl");
  const { code, out } = await command("codegen", log, "--app", "http://localhost:3000/phone?line=2");
  expect(code).toBe(0);
  expect(out).toContain('test.use({ app: "http://localhost:3000/phone?line=2" });');
});

test("needs a home folder only for https", async () => {
  const throwing = 'import os from "node:os"; os.homedir = () => { throw new Error("no home"); };';
  const withoutHome = [`--import=data:text/javascript,${encodeURIComponent(throwing)}`, program()];
  const help = await Promise.all(
    [["--help"], ["settings", "--help"], ["check", "--help"]].map((args) =>
      run(process.execPath, [...withoutHome, ...args]),
    ),
  );
  expect(help.map(({ code, error }) => [code, error])).toEqual(Array(3).fill([0, ""]));

  const file = join(folder, "file");
  await writeFile(file, "");
  const unwritable = { HOME: file, USERPROFILE: file, LOCALAPPDATA: file, XDG_DATA_HOME: file };
  const args = ["--port", "0", "--https-port", "0", "--no-open"];
  for (const [command, env] of [
    [withoutHome, {}],
    [[program()], unwritable],
  ] as const) {
    const child = spawn(process.execPath, [...command, ...args], { cwd: folder, env: { ...process.env, ...env } });
    let [printed, error] = ["", ""];
    child.stdout.on("data", (data) => (printed += data));
    child.stderr.on("data", (data) => (error += data));
    await expect.poll(() => printed + error).toMatch(/calling app +http:\/\/localhost:\d+\/\n/);
    expect(error).toMatch(/^https is off, because .*\n$/);
    child.kill();
  }
});

test("starts the simulator and the app, selects the app that --app specifies, stores registered apps in the --store file, and creates the certificate in the user's home folder", async ({
  page,
}) => {
  const home = join(folder, "home");
  const store = join(folder, "store.json");
  const userFolders = { HOME: home, USERPROFILE: home, LOCALAPPDATA: home, XDG_DATA_HOME: home };
  const args = ["--port", "0", "--https-port", "0", "--no-open", "--store", store, "--app", "http://127.0.0.1:9/"];
  const child = spawn(process.execPath, [program(), ...args], { cwd: folder, env: { ...process.env, ...userFolders } });
  try {
    let printed = "";
    child.stdout.on("data", (data) => (printed += data));
    await expect.poll(() => printed).toMatch(/calling app, http +http:\/\/localhost:\d+\/\n/);
    expect(printed).toContain(join(home, ""));
    const [, simulator = "", query] = /(http:\/\/127\.0\.0\.1:\d+)\/\?(app=\S+)/.exec(printed) ?? [];
    expect(query).toBe("app=http%3A%2F%2F127.0.0.1%3A9%2F");

    const environment = { HUBSPOT_API_URL: simulator, HUBSPOT_APP_ID: "1", HUBSPOT_DEVELOPER_API_KEY: "any" };
    const registering = ["settings", "calling", "create", "--name", "Softphone", "--url", "http://localhost:1/"];
    expect(await run(process.execPath, [program(), ...registering], { environment })).toMatchObject({ code: 0 });
    expect(await readFile(store, "utf8")).toContain("Softphone");
    expect(await command("--port", "0", "--https-port", "0", "--no-open", "--store", store)).toMatchObject({
      code: 1,
      error: `${store} is in use by another server; stop that server, or store the state in another file\n`,
    });

    await page.goto(`${simulator.replace("127.0.0.1", "localhost")}/`);
    await page.locator("#standIn").click();
    await expect(page, "selects the app that --app specifies").toHaveURL(`${simulator}/?${query}`);
    await page.goto(`${simulator}/?portalId=7`);
    await expect(page).toHaveURL(`${simulator}/?portalId=7&${query}`);
    await page.locator("#provider").selectOption("Calling app");
    await expect(page).toHaveURL(`${simulator}/?portalId=7&app=`);
    await page.reload();
    await expect(page.locator("#provider option:checked"), "a reload keeps the user's choice").toHaveText(
      "Calling app",
    );
  } finally {
    child.kill();
    await new Promise((ended) => child.on("close", ended));
  }
});

test("has a check command that fails for a silent app, and rejects a URL that cannot be reached", async () => {
  const server = createServer((_, response) => void response.setHeader("content-type", "text/html").end(silentApp));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const bound = server.address();
  const url = `http://localhost:${typeof bound === "object" ? bound?.port : ""}/`;
  const failing = await command("check", url, "--timeout", "1000", "--json");
  server.close();
  server.closeAllConnections();
  expect(failing).toMatchObject({ code: 1, error: "" });
  expect(JSON.parse(failing.out)).toMatchObject({ app: url, result: "failed" });
  expect(await command("check", url)).toMatchObject({ code: 2, error: expect.stringContaining("cannot be reached") });
});
