import type { Page, Route } from "@playwright/test";
import esbuild from "esbuild";
import { expect, test } from "../../support/host.ts";

let script = "";
test.beforeAll(async () => {
  const entry = {
    contents:
      'window.registry = { ...require("./src/simulator/ui/server-state.ts"), ...require("./src/simulator/ui/call-sync.ts") }',
    resolveDir: ".",
  };
  const { outputFiles } = await esbuild.build({ stdin: entry, bundle: true, write: false });
  script = outputFiles[0]?.text ?? "";
});

/** A page with nothing but the registry; `failures` and `states` are what it was told. */
test.beforeEach(async ({ page }) => {
  await page.route("http://127.0.0.1/", (route) => route.fulfill({ contentType: "text/html", body: "<p>" }));
  await page.route("http://127.0.0.1/events", (route) => route.fulfill({ status: 204 }));
  await page.goto("http://127.0.0.1/");
  await page.addScriptTag({
    content: `${script}; failures = []; states = []; fail = (words) => failures.push(words);
      calls = registry.createCallSync({
        refused: (words) => fail("refused: " + words), away: (words) => fail("away: " + words), back: () => fail("back"),
      });`,
  });
});

const hide = (page: Page, hidden: boolean) =>
  page.evaluate(`
    Object.defineProperty(document, "hidden", { value: ${hidden}, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"))`);

test("calls are told one after the other, and the next goes all the same when one was refused", async ({ page }) => {
  const routes: Route[] = [];
  await page.route("**/simulator/calls/*", (route) => void routes.push(route));
  const sent = () => routes.map((route) => route.request().postDataJSON());
  await page.evaluate(`
    for (const state of ["created", "answered", "ended"])
      calls.keep({ engagementId: 7, state, answered: true, ghost: true, duplicate: true })`);

  await expect.poll(sent).toEqual([{ engagementId: 7, state: "created" }]);
  expect(routes[0]?.request().method()).toBe("PUT");
  expect(routes[0]?.request().url()).toBe("http://127.0.0.1/simulator/calls/7");
  // Whatever was sent with the first would have come before this.
  await page.route("**/later", (route) => route.fulfill({ body: "later" }));
  await page.evaluate("fetch('/later')");
  expect(routes).toHaveLength(1);

  await routes[0]?.fulfill({ status: 413 });
  await expect.poll(() => sent().at(-1)).toEqual({ engagementId: 7, state: "answered" });
  expect(await page.evaluate("failures")).toEqual(["refused: The server did not take calls/7: it answers 413"]);
  await routes[1]?.fulfill({ json: {} });
  await expect.poll(() => sent().at(-1)).toEqual({ engagementId: 7, state: "ended" });
  await routes[2]?.fulfill({ json: {} });
  expect(await page.evaluate("failures.length")).toBe(1);
});

test("calls that are made while the server is away are sent in their order when it is back", async ({ page }) => {
  const taken: unknown[] = [];
  const server: { isThere: boolean } = { isThere: false };
  let tries = 0;
  await page.route("**/simulator/calls/*", (route) => {
    tries += 1;
    if (server.isThere) taken.push(route.request().postDataJSON());
    if (server.isThere) return route.fulfill({ json: {} });
    return tries === 1 ? route.abort() : route.fulfill({ status: 502 });
  });
  await page.clock.install();
  await page.evaluate(
    "calls.keep({ engagementId: 1, state: 'created' }); calls.keep({ engagementId: 2, state: 'created' })",
  );
  await expect.poll(() => tries).toBe(1);
  await expect.poll(() => page.evaluate("failures.length")).toBe(1);
  await page.clock.fastForward(5000);
  await expect.poll(() => tries).toBe(2);
  await page.evaluate("calls.keep({ engagementId: 1, state: 'answered' })");
  server.isThere = true;
  // A change meanwhile does not make it hurry: the pause is over when the clock says so.
  await expect
    .poll(async () => {
      await page.clock.fastForward(5000);
      return taken;
    })
    .toEqual([
      { engagementId: 1, state: "created" },
      { engagementId: 2, state: "created" },
      { engagementId: 1, state: "answered" },
    ]);
  expect(await page.evaluate("failures")).toEqual([
    "away: The server does not take the calls (Failed to fetch): they are sent when it is back.",
    "back",
  ]);
});

test("a burst of changes is one question, and one more for what came meanwhile", async ({ page }) => {
  const routes: Route[] = [];
  await page.route("**/simulator/state", (route) => void routes.push(route));
  await page.evaluate("registry.subscribeToServerState({ changed: (state) => states.push(state), failed: fail })");
  await page.evaluate(`
    Object.defineProperty(document, "hidden", { value: false, configurable: true });
    for (let times = 0; times < 50; times++) document.dispatchEvent(new Event("visibilitychange"))`);
  await expect.poll(() => routes.length).toBe(1);
  await routes[0]?.fulfill({ json: { apps: {}, calls: {} } });
  await expect.poll(() => routes.length).toBe(2);
  await routes[1]?.fulfill({ json: { apps: { 1: {} }, calls: {} } });
  await expect
    .poll(() => page.evaluate("states"))
    .toEqual([
      { apps: {}, calls: {} },
      { apps: { 1: {} }, calls: {} },
    ]);
  expect(routes).toHaveLength(2);
});

test("the state is asked for at once and when the page is seen again, and what goes wrong is told", async ({
  page,
}) => {
  const answers: ((route: Route) => Promise<void>)[] = [
    (route) => route.fulfill({ json: { apps: {}, calls: {} } }),
    (route) => route.fulfill({ status: 503 }),
    (route) => route.abort(),
    (route) => route.fulfill({ body: "<p>" }),
    (route) => route.fulfill({ json: { apps: { 1: {} }, calls: {} } }),
  ];
  let asked = 0;
  await page.route("**/simulator/state", (route) => answers[asked++]?.(route));
  await page.evaluate("registry.subscribeToServerState({ changed: (state) => states.push(state), failed: fail })");
  await expect.poll(() => page.evaluate("states")).toEqual([{ apps: {}, calls: {} }]);
  for (const failures of [1, 2, 3]) {
    await hide(page, true);
    await hide(page, false);
    await expect.poll(() => page.evaluate("failures.length")).toBe(failures);
  }
  expect(await page.evaluate("failures")).toEqual([
    expect.stringMatching(/^The simulator's server did not say what is registered: it answers 503$/),
    expect.stringMatching(/^The simulator's server .*: Failed to fetch$/),
    expect.stringMatching(/^The simulator's server .*JSON/),
  ]);
  await hide(page, true);
  await hide(page, false);
  await expect.poll(() => page.evaluate("states.at(-1)")).toEqual({ apps: { 1: {} }, calls: {} });
  expect(asked).toBe(5);
});

test("the server is followed by one connection while the page is seen, and by none while it is hidden", async ({
  page,
}) => {
  await page.evaluate(`
    sources = new Set();
    EventSource = class extends EventTarget {
      constructor() { super(); sources.add(this); }
      close() { sources.delete(this); }
    };
    registry.subscribeToServerState({ changed: () => {}, failed: () => {} })`);
  expect(await page.evaluate("sources.size")).toBe(1);
  for (const [hidden, count] of [
    [false, 1],
    [true, 0],
    [false, 1],
  ] as const) {
    await hide(page, hidden);
    expect(await page.evaluate("sources.size"), `hidden: ${hidden}`).toBe(count);
  }
});

test("after the first time, only what changed since is asked for", async ({ page }) => {
  const asked: string[] = [];
  const calls = [{ 1: { createdAt: 5 }, 2: { createdAt: 5, updatedAt: 7 } }, {}, { 3: { createdAt: 9 } }];
  await page.route("**/simulator/state*", async (route) => {
    const answer = calls[asked.push(new URL(route.request().url()).search) - 1] ?? {};
    await route.fulfill({ json: { apps: {}, calls: answer } });
  });
  await page.evaluate(
    "registry.subscribeToServerState({ changed: (state) => states.push(Object.keys(state.calls)), failed: fail })",
  );
  for (const count of [1, 2, 3, 4]) {
    await expect.poll(() => page.evaluate("states.length")).toBe(count);
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  }
  await expect.poll(() => asked.slice(0, 4)).toEqual(["", "?since=7", "?since=7", "?since=9"]);
  expect(await page.evaluate("[states.slice(0, 4), failures]")).toEqual([[["1", "2"], [], ["3"], []], []]);
});

test("all calls are cleared after the one that is being told, in place of those that wait", async ({ page }) => {
  const routes: Route[] = [];
  await page.route("**/simulator/calls**", (route) => void routes.push(route));
  const sent = () => routes.map((route) => `${route.request().method()} ${new URL(route.request().url()).pathname}`);
  await page.evaluate("calls.keep({ engagementId: 7 }); calls.keep({ engagementId: 8 }); calls.clear()");
  await page.evaluate("calls.keep({ engagementId: 9 })");
  await expect.poll(sent).toEqual(["PUT /simulator/calls/7"]);
  await routes[0]?.fulfill({ json: {} });
  await expect.poll(sent).toEqual(["PUT /simulator/calls/7", "DELETE /simulator/calls"]);
  await routes[1]?.fulfill({ status: 403 });
  await expect
    .poll(() => page.evaluate("failures"))
    .toEqual(["refused: The server did not take calls: it answers 403"]);
  await expect.poll(sent).toContain("PUT /simulator/calls/9");
  await routes[2]?.fulfill({ json: {} });
});
