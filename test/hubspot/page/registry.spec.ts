import type { Route } from "@playwright/test";
import esbuild from "esbuild";
import { expect, test } from "../../setup/host.ts";

let script = "";
test.beforeAll(async () => {
  const entry = { contents: 'window.registry = require("./src/hubspot/page/registry.ts")', resolveDir: "." };
  const { outputFiles } = await esbuild.build({ stdin: entry, bundle: true, write: false });
  script = outputFiles[0]?.text ?? "";
});

/** A page with nothing but the registry; `failures` and `states` are what it was told. */
test.beforeEach(async ({ page }) => {
  await page.route("http://127.0.0.1/", (route) => route.fulfill({ contentType: "text/html", body: "<p>" }));
  await page.route("http://127.0.0.1/events", (route) => route.fulfill({ status: 204 }));
  await page.goto("http://127.0.0.1/");
  await page.addScriptTag({
    content: `${script}; failures = []; states = []; fail = (words) => failures.push(words);`,
  });
});

test("calls are told one after the other, and the next goes all the same when one was not taken", async ({ page }) => {
  const routes: Route[] = [];
  await page.route("**/stand-in/calls/*", (route) => void routes.push(route));
  const sent = () => routes.map((route) => route.request().postDataJSON());
  await page.evaluate(`
    for (const state of ["created", "answered", "ended", "completed"])
      registry.keepCall({ engagementId: 7, state, ghost: true, duplicate: true }, fail)`);

  await expect.poll(sent).toEqual([{ engagementId: 7, state: "created" }]);
  expect(routes[0]?.request().method()).toBe("PUT");
  expect(routes[0]?.request().url()).toBe("http://127.0.0.1/stand-in/calls/7");
  // Whatever was sent with the first would have come before this.
  await page.route("**/later", (route) => route.fulfill({ body: "later" }));
  await page.evaluate("fetch('/later')");
  expect(routes).toHaveLength(1);

  await routes[0]?.fulfill({ status: 500 });
  await expect.poll(() => sent().at(-1)).toEqual({ engagementId: 7, state: "answered" });
  await routes[1]?.abort();
  await expect.poll(() => sent().at(-1)).toEqual({ engagementId: 7, state: "ended" });
  expect(await page.evaluate("failures")).toEqual([
    "The server did not take the call: it answers 500",
    "The server did not take the call: Failed to fetch",
  ]);
  await routes[2]?.fulfill({ json: {} });
  await expect.poll(() => sent().at(-1)).toEqual({ engagementId: 7, state: "completed" });
  expect(await page.evaluate("failures.length")).toBe(2);
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
  await page.route("**/stand-in/state", (route) => answers[asked++]?.(route));
  const show = (hidden: boolean) =>
    page.evaluate(`
      Object.defineProperty(document, "hidden", { value: ${hidden}, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"))`);

  await page.evaluate("registry.followRegistry((state) => states.push(state), fail)");
  await expect.poll(() => page.evaluate("states")).toEqual([{ apps: {}, calls: {} }]);
  for (const failures of [1, 2, 3]) {
    await show(true);
    await show(false);
    await expect.poll(() => page.evaluate("failures.length")).toBe(failures);
  }
  expect(await page.evaluate("failures")).toEqual([
    expect.stringMatching(/^The stand-in's server did not say what is registered: it answers 503$/),
    expect.stringMatching(/^The stand-in's server .*: Failed to fetch$/),
    expect.stringMatching(/^The stand-in's server .*JSON/),
  ]);
  await show(true);
  await show(false);
  await expect.poll(() => page.evaluate("states.at(-1)")).toEqual({ apps: { 1: {} }, calls: {} });
  expect(asked).toBe(5);
});

test("after the first time, only what changed since is asked for", async ({ page }) => {
  const asked: string[] = [];
  const calls = [{ 1: { createdAt: 5 }, 2: { createdAt: 5, updatedAt: 7 } }, {}, { 3: { createdAt: 9 } }];
  await page.route("**/stand-in/state*", async (route) => {
    const answer = calls[asked.push(new URL(route.request().url()).search) - 1] ?? {};
    await route.fulfill({ json: { apps: {}, calls: answer } });
  });
  await page.evaluate("registry.followRegistry((state) => states.push(Object.keys(state.calls)), fail)");
  for (const count of [1, 2, 3, 4]) {
    await expect.poll(() => page.evaluate("states.length")).toBe(count);
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  }
  await expect.poll(() => asked.slice(0, 4)).toEqual(["", "?since=7", "?since=7", "?since=9"]);
  expect(await page.evaluate("[states.slice(0, 4), failures]")).toEqual([[["1", "2"], [], ["3"], []], []]);
});

test("all calls are cleared after those that were told before, and what goes wrong is told", async ({ page }) => {
  const routes: Route[] = [];
  await page.route("**/stand-in/calls**", (route) => void routes.push(route));
  const sent = () => routes.map((route) => `${route.request().method()} ${new URL(route.request().url()).pathname}`);
  await page.evaluate(
    "registry.keepCall({ engagementId: 7 }, fail); registry.clearCalls(fail); registry.clearCalls(fail)",
  );
  await expect.poll(sent).toEqual(["PUT /stand-in/calls/7"]);
  await routes[0]?.fulfill({ json: {} });
  await expect.poll(sent).toEqual(["PUT /stand-in/calls/7", "DELETE /stand-in/calls"]);
  await routes[1]?.fulfill({ status: 500 });
  await expect.poll(() => page.evaluate("failures")).toEqual(["The server did not clear its calls: it answers 500"]);
  await expect.poll(sent).toHaveLength(3);
  await routes[2]?.fulfill({ status: 204 });
});
