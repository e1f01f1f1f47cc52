import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { get } from "node:https";
import { join } from "node:path";
import { expect, test } from "./host.ts";
import { freePorts, ports } from "./ports.ts";

const refusals: [what: string, environment: Record<string, string>, line: RegExp][] = [
  ["a busy port", ports, /^Port \d+ is busy: stop what uses it, or choose another with PORT\.\n$/],
  ["a port that is none", { PORT: "abc" }, /^PORT must be a port, .* not "abc"\.\n$/],
  ["a port out of range", { HTTP_PORT: "70000" }, /^HTTP_PORT must be a port, .* not "70000"\.\n$/],
];
for (const [what, environment, line] of refusals) {
  test(`${what} is one clear line, and exit 1`, async ({ workspace }) => {
    const { printed, ended } = workspace.start(["--serve"], environment);
    expect(await ended).toBe(1);
    expect(printed.error).toMatch(line);
  });
}

test("a certificate that is none is one clear line, and exit 1", async ({ workspace }) => {
  await mkdir(join(workspace.folder, "certs"));
  for (const name of ["localhost.crt", "localhost.key", "ca.crt"])
    await writeFile(join(workspace.folder, "certs", name), "junk");
  const { printed, ended } = workspace.start(["--serve"], await freePorts());
  expect(await ended).toBe(1);
  expect(printed.error).toMatch(/^certs.localhost\.crt is no certificate; delete it and start again\. .*\n$/);
});

test("a source that does not build is one clear line, and exit 1", async ({ workspace }) => {
  await writeFile(join(workspace.folder, "src", "index.ts"), "const broken = ;\n");
  for (const words of [[], ["--serve"]]) {
    const { printed, ended } = workspace.start(words, await freePorts());
    expect(await ended).toBe(1);
    expect(printed.error).toMatch(/^The build failed\. src\/index\.ts:1:15: Unexpected ";"\n$/);
  }
});

test("a flag that there is not is one clear line, and exit 1", async ({ workspace }) => {
  const { printed, ended } = workspace.start(["--sevre"]);
  expect(await ended).toBe(1);
  expect(printed.error).toMatch(/^Unknown option '--sevre'.*\n$/);
});

test("serves both listeners, reloads the open page after a change, and stops at once", async ({ workspace, page }) => {
  const free = await freePorts();
  const url = `http://localhost:${free.HTTP_PORT}/`;
  const { child, printed, ended } = workspace.start(["--serve", "--watch"], free);
  await expect.poll(() => printed.out).toContain(url);
  await page.goto(url);
  await expect(page.locator("h1")).toHaveText("Calling app");

  const html = join(workspace.folder, "static", "index.html");
  await writeFile(html, (await readFile(html, "utf8")).replace("<h1>Calling app", "<h1>Another name"));
  await expect(page.locator("h1")).toHaveText("Another name");

  await writeFile(join(workspace.folder, "src", "log.ts"), "const broken = ;\n");
  await expect.poll(() => printed.error).toContain("src/log.ts:1:15");

  child.kill("SIGINT");
  expect(await ended).toBe("SIGINT");
});

test("has a folder by its port, which a second server does not touch", async ({ workspace }) => {
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
  expect([await second.ended, second.printed.error]).toEqual([1, expect.stringContaining(`Port ${free.PORT} is busy`)]);
  expect([(await stat(page)).mtimeMs, await files()]).toEqual([mtimeMs, before]);
});

test("serves https with a certificate that its own authority signed", async () => {
  const ca = await readFile("certs/ca.crt");
  const status = await new Promise((resolve, reject) => {
    get(`https://localhost:${ports.PORT}/`, { ca }, ({ statusCode }) => resolve(statusCode)).on("error", reject);
  });
  expect(status).toBe(200);
});

test("listens on this machine's own address alone", async () => {
  // The port is free on every other address: another server can have it there.
  const other = createServer();
  await new Promise<void>((resolve, reject) => {
    other.on("error", reject).listen(Number(ports.HTTP_PORT), "127.0.0.2", resolve);
  });
  other.close();
});

const requests: [path: string, status: number][] = [
  ["/", 200],
  ["/index.html", 200],
  ["/index.js.map", 200],
  ["/nothing", 404],
  ["/..%2fserver.mjs", 404],
  ["/%", 400],
  ["/%00", 404],
];
for (const [path, status] of requests) {
  test(`answers ${path} with ${status}`, async ({ request }) => {
    expect((await request.get(`http://localhost:${ports.HTTP_PORT}${path}`)).status()).toBe(status);
  });
}
