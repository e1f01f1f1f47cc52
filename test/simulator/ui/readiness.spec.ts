import { expect, test } from "@playwright/test";
import { createEmitter } from "../../../src/simulator/session/emitter.ts";
import type { SessionEvents } from "../../../src/simulator/session/session-events.ts";
import type { Settings } from "../../../src/simulator/session/settings.ts";
import { createReadiness } from "../../../src/simulator/ui/readiness.ts";
import { usualSettings } from "../../support/fake-window.ts";

/** What a page shows to a script, and the events of its session. */
function createPage(changes: Partial<Settings> = {}) {
  const { on, dispatch } = createEmitter<SessionEvents>();
  const settings: Settings = { ...usualSettings, ...changes };
  return { readiness: createReadiness({ on, settings }), dispatch };
}

/** What a promise has come to by now. */
async function now(promise: Promise<unknown>): Promise<unknown> {
  const outcome = promise.then(
    (value) => ["resolved", value],
    (error: Error) => ["rejected", error.message],
  );
  return Promise.race([outcome, new Promise((resolve) => setTimeout(() => resolve("pending")))]);
}

test("ready comes with initialized, loggedIn with the login", async () => {
  const { readiness, dispatch } = createPage();
  dispatch("acknowledged", { version: "1.2.3" });
  expect(await now(readiness.ready)).toBe("pending");
  expect(readiness.whyNot()).toContain("await hubspot.ready");
  dispatch("initialized", undefined);
  expect(await now(readiness.ready)).toEqual(["resolved", { version: "1.2.3" }]);
  expect(readiness.whyNot()).toBeUndefined();
  expect(await now(readiness.loggedIn)).toBe("pending");
  dispatch("login", { isLoggedIn: true });
  expect(await now(readiness.loggedIn)).toEqual(["resolved", undefined]);
  dispatch("login", { isLoggedIn: false });
  expect(await now(readiness.loggedIn)).toBe("pending");
});

test("another page has promises of its own, and who waited for the one before waits for it", async () => {
  const { readiness, dispatch } = createPage();
  const early = [readiness.ready, readiness.loggedIn];
  dispatch("loading", { url: "" });
  expect([readiness.ready, readiness.loggedIn]).toEqual(early);
  dispatch("initialized", undefined);
  dispatch("login", { isLoggedIn: true });
  expect(await Promise.all(early.map(now))).toEqual([
    ["resolved", { version: "" }],
    ["resolved", undefined],
  ]);
  dispatch("loading", { url: "" });
  expect(await now(readiness.ready)).toBe("pending");
  expect(await now(readiness.loggedIn)).toBe("pending");
});

test("an app that fails rejects both, in words, for those who waited and those who ask then", async () => {
  const { readiness, dispatch } = createPage();
  const { ready } = readiness;
  dispatch("failed", { inShort: "", reason: "It answers 404" });
  for (const promise of [ready, readiness.ready, readiness.loggedIn]) {
    expect(await now(promise)).toEqual(["rejected", "It answers 404"]);
  }
  expect(readiness.whyNot()).toBe("It answers 404");
  dispatch("loading", { url: "" });
  expect(await now(readiness.ready)).toBe("pending");
  expect(readiness.whyNot()).toContain("await hubspot.ready");
});

test("one that was given up and comes after all is ready", async () => {
  const { readiness, dispatch } = createPage();
  dispatch("failed", { inShort: "", reason: "too late" });
  dispatch("initialized", undefined);
  expect(await now(readiness.ready)).toEqual(["resolved", { version: "" }]);
  dispatch("login", { isLoggedIn: true });
  expect(await now(readiness.loggedIn)).toEqual(["resolved", undefined]);
});

test("an app that has to be silent is ready with SYNC_ACK", async () => {
  const { readiness, dispatch } = createPage({ iframeLocation: "remote" });
  dispatch("acknowledged", { version: "1.2.3" });
  expect(await now(readiness.ready)).toEqual(["resolved", { version: "1.2.3" }]);
});

test("an app that is not loaded, or closed, is not ready", async () => {
  const { readiness, dispatch } = createPage();
  dispatch("withheld", { reason: "not confirmed" });
  expect(await now(readiness.ready)).toEqual(["rejected", "not confirmed"]);
  dispatch("closed", undefined);
  expect(await now(readiness.loggedIn)).toEqual(["rejected", "The app's frame is closed."]);
});

test("an app that was ready and fails is not ready any more", async () => {
  const { readiness, dispatch } = createPage();
  dispatch("initialized", undefined);
  dispatch("failed", { inShort: "", reason: "closed" });
  expect(await now(readiness.ready)).toEqual(["rejected", "closed"]);
});

test("that nobody awaits a rejection is no error", async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  createPage().dispatch("failed", { inShort: "", reason: "nobody listens" });
  await new Promise((resolve) => setTimeout(resolve));
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});
