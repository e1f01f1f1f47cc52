import type { Page, Route } from "@playwright/test";
import esbuild from "esbuild";
import { expect, test } from "../../../support/host.ts";

let script = "";
test.beforeAll(async () => {
  const entry = {
    contents:
      'window.server = { ...require("./src/simulator/ui/backend/server-state.ts"), ...require("./src/simulator/ui/backend/call-sync.ts") }',
    resolveDir: ".",
  };
  const { outputFiles } = await esbuild.build({ stdin: entry, bundle: true, write: false });
  script = outputFiles[0]?.text ?? "";
});

/** Opens a page with only the code under test. `failures` and `states` record the arguments of its callbacks. */
test.beforeEach(async ({ page }) => {
  await page.route("http://127.0.0.1/", (route) => route.fulfill({ contentType: "text/html", body: "<p>" }));
  await page.route("http://127.0.0.1/events", (route) => route.fulfill({ status: 204 }));
  await page.goto("http://127.0.0.1/");
  await page.addScriptTag({
    content: `${script}; failures = []; states = []; fail = (problem) => failures.push(problem);
      calls = server.createCallSync({
        rejected: (problem) => fail("rejected: " + problem),
        dropped: (problem) => fail("dropped: " + problem),
        offline: (problem) => fail("offline: " + problem),
        online: () => fail("online"),
      });`,
  });
});

const hide = (page: Page, hidden: boolean) =>
  page.evaluate(`
    Object.defineProperty(document, "hidden", { value: ${hidden}, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"))`);

/** What the page sends about a call. */
const change = (engagementId: number, state: string) => ({ engagementId, state, updatedAt: expect.any(Number) });

test("sends one call at a time, and continues after the server rejects one", async ({ page }) => {
  const routes: Route[] = [];
  await page.route("**/simulator/calls/*", (route) => void routes.push(route));
  const sent = () => routes.map((route) => route.request().postDataJSON());
  await page.evaluate(`
    for (const engagementId of [7, 8, 9])
      calls.save({ engagementId, state: "created", answered: true, ghost: true, duplicate: true })`);

  await expect.poll(sent).toEqual([change(7, "created")]);
  expect(routes[0]?.request().method()).toBe("PUT");
  expect(routes[0]?.request().url()).toBe("http://127.0.0.1/simulator/calls/7");
  // A request that the page sent together with the first request would arrive before this one.
  await page.route("**/later", (route) => route.fulfill({ body: "later" }));
  await page.evaluate("fetch('/later')");
  expect(routes).toHaveLength(1);

  await routes[0]?.fulfill({ status: 413 });
  await expect.poll(() => sent().at(-1)).toEqual(change(8, "created"));
  expect(await page.evaluate("failures")).toEqual(["rejected: The simulator's server rejected calls/7: status 413."]);
  await routes[1]?.fulfill({ json: {} });
  await expect.poll(() => sent().at(-1)).toEqual(change(9, "created"));
  await routes[2]?.fulfill({ json: {} });
  expect(await page.evaluate("failures.length")).toBe(1);
});

test("sends the calls in order when the server is available again", async ({ page }) => {
  const accepted: unknown[] = [];
  const server: { isOnline: boolean } = { isOnline: false };
  let tries = 0;
  await page.route("**/simulator/calls/*", (route) => {
    tries += 1;
    if (server.isOnline) accepted.push(route.request().postDataJSON());
    if (server.isOnline) return route.fulfill({ json: {} });
    return tries === 1 ? route.abort() : route.fulfill({ status: 502 });
  });
  await page.clock.install();
  await page.evaluate(
    "calls.save({ engagementId: 1, state: 'created' }); calls.save({ engagementId: 2, state: 'created' })",
  );
  await expect.poll(() => tries).toBe(1);
  await expect.poll(() => page.evaluate("failures.length")).toBe(1);
  await page.clock.fastForward(5000);
  await expect.poll(() => tries).toBe(2);
  await page.evaluate("calls.save({ engagementId: 1, state: 'answered' })");
  server.isOnline = true;
  // A new change does not shorten the delay before the retry.
  await expect
    .poll(async () => {
      await page.clock.fastForward(5000);
      return accepted;
    })
    .toEqual([change(1, "created"), change(2, "created"), change(1, "answered")]);
  expect(await page.evaluate("failures")).toEqual([
    "offline: The simulator's server is not available (Failed to fetch). The page will send the calls later.",
    "online",
  ]);
});

test("keeps the newest change to each of 1,000 calls while the server is offline, and reports how many calls it dropped", async ({
  page,
}) => {
  // Simulates the server in the page, because Playwright needs 14 ms for each request.
  await page.evaluate(`
    accepted = [];
    isOnline = false;
    fetch = async (_url, { body }) => {
      if (!isOnline) throw new TypeError("Failed to fetch");
      accepted.push(JSON.parse(body));
      return Response.json({});
    }`);
  await page.evaluate("calls.save({ engagementId: 1, state: 'created' })");
  await expect.poll(() => page.evaluate("failures.length")).toBe(1);
  await page.evaluate(`
    for (let id = 2; id <= 1003; id++) calls.save({ engagementId: id, state: "created" });
    for (let id = 4; id <= 1003; id++) calls.save({ engagementId: id, state: "answered" });`);
  expect(await page.evaluate("failures.slice(1)")).toEqual(
    [1, 2].map((count) =>
      expect.stringContaining(
        `dropped: Too many calls are waiting for the simulator's server. The page dropped changes to ${count} call`,
      ),
    ),
  );
  await page.evaluate("isOnline = true");
  await expect.poll(() => page.evaluate("accepted.at(-1)")).toEqual(change(1003, "answered"));
  const accepted: { state: string }[] = await page.evaluate("accepted");
  expect(accepted).toHaveLength(1001); // including the call that the page was sending
  expect(accepted.filter(({ state }) => state === "answered")).toHaveLength(1000);
  expect(await page.evaluate("failures.at(-1)")).toBe("online");
});

test("drops queued calls if they have too many characters in total", async ({ page }) => {
  await page.route("**/simulator/calls/*", (route) => route.abort());
  await page.evaluate(`
    for (let id = 1; id <= 20; id++) calls.save({ engagementId: id, properties: { hs_call_body: "x".repeat(1e6) } });`);
  await expect.poll(() => page.evaluate("failures.at(-1)")).toContain("offline");
  expect(await page.evaluate("failures.filter((text) => text.startsWith('dropped')).length")).toBe(4);
});

test("sends only one more request if the page becomes visible 50 times during a request", async ({ page }) => {
  const routes: Route[] = [];
  await page.route("**/simulator/state", (route) => void routes.push(route));
  await page.evaluate("server.subscribeToServerState({ changed: (state) => states.push(state), failed: fail })");
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

test("reads the state immediately and when the page becomes visible again, and reports failures", async ({ page }) => {
  const answers: ((route: Route) => Promise<void>)[] = [
    (route) => route.fulfill({ json: { apps: {}, calls: {} } }),
    (route) => route.fulfill({ status: 503 }),
    (route) => route.abort(),
    (route) => route.fulfill({ body: "<p>" }),
    (route) => route.fulfill({ json: { apps: { 1: {} }, calls: {} } }),
  ];
  let requests = 0;
  await page.route("**/simulator/state", (route) => answers[requests++]?.(route));
  await page.evaluate("server.subscribeToServerState({ changed: (state) => states.push(state), failed: fail })");
  await expect.poll(() => page.evaluate("states")).toEqual([{ apps: {}, calls: {} }]);
  for (const failures of [1, 2, 3]) {
    await hide(page, true);
    await hide(page, false);
    await expect.poll(() => page.evaluate("failures.length")).toBe(failures);
  }
  expect(await page.evaluate("failures")).toEqual([
    "Could not read the registered apps from the simulator's server (status 503). Is it still running?",
    expect.stringContaining("the simulator's server (Failed to fetch)"),
    expect.stringMatching(/the simulator's server .*JSON/),
  ]);
  await hide(page, true);
  await hide(page, false);
  await expect.poll(() => page.evaluate("states.at(-1)")).toEqual({ apps: { 1: {} }, calls: {} });
  expect(requests).toBe(5);
});

test("keeps one connection to the server open while the page is visible, and closes it when the page is hidden", async ({
  page,
}) => {
  await page.evaluate(`
    sources = new Set();
    EventSource = class extends EventTarget {
      constructor() { super(); sources.add(this); }
      close() { sources.delete(this); }
    };
    server.subscribeToServerState({ changed: () => {}, failed: () => {} })`);
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

test("requests only the changes since the newest known change, except in the first request", async ({ page }) => {
  const queries: string[] = [];
  const calls = [{ 1: { createdAt: 5 }, 2: { createdAt: 5, updatedAt: 7 } }, {}, { 3: { createdAt: 9 } }];
  await page.route("**/simulator/state*", async (route) => {
    const body = calls[queries.push(new URL(route.request().url()).search) - 1] ?? {};
    await route.fulfill({ json: { apps: {}, calls: body } });
  });
  await page.evaluate(
    "server.subscribeToServerState({ changed: (state) => states.push(Object.keys(state.calls)), failed: fail })",
  );
  for (const count of [1, 2, 3, 4]) {
    await expect.poll(() => page.evaluate("states.length")).toBe(count);
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  }
  await expect.poll(() => queries.slice(0, 4)).toEqual(["", "?since=7", "?since=7", "?since=9"]);
  expect(await page.evaluate("[states.slice(0, 4), failures]")).toEqual([[["1", "2"], [], ["3"], []], []]);
});

test("clears all calls after the current request, and drops the queued requests", async ({ page }) => {
  const routes: Route[] = [];
  await page.route("**/simulator/calls**", (route) => void routes.push(route));
  const sent = () => routes.map((route) => `${route.request().method()} ${new URL(route.request().url()).pathname}`);
  await page.evaluate("calls.save({ engagementId: 7 }); calls.save({ engagementId: 8 }); calls.clear()");
  await page.evaluate("calls.save({ engagementId: 9 })");
  await expect.poll(sent).toEqual(["PUT /simulator/calls/7"]);
  await routes[0]?.fulfill({ json: {} });
  await expect.poll(sent).toEqual(["PUT /simulator/calls/7", "DELETE /simulator/calls"]);
  await routes[1]?.fulfill({ status: 403 });
  await expect
    .poll(() => page.evaluate("failures"))
    .toEqual(["rejected: The simulator's server rejected calls: status 403."]);
  await expect.poll(sent).toContain("PUT /simulator/calls/9");
  await routes[2]?.fulfill({ json: {} });
});
