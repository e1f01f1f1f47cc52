import { expect, test } from "@playwright/test";
import { createEmitter } from "../../../src/simulator/common/emitter.ts";
import { createReadiness } from "../../../src/simulator/session/readiness.ts";
import type { SessionEvents } from "../../../src/simulator/session/session-events.ts";
import type { Settings } from "../../../src/simulator/session/settings.ts";
import { usualSettings } from "../../support/fake-window.ts";

/** Returns a page's readiness, and a function that dispatches session events. */
function createPage(changes: Partial<Settings> = {}) {
  const { on, dispatch } = createEmitter<SessionEvents>();
  const settings: Settings = { ...usualSettings, ...changes };
  return { readiness: createReadiness({ on, settings }), dispatch };
}

async function stateOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = promise.then(
    (value) => ["resolved", value],
    (error: Error) => ["rejected", error.message],
  );
  return Promise.race([outcome, new Promise((resolve) => setTimeout(() => resolve("pending")))]);
}

test("resolves `ready` when the app sends initialized, and `loggedIn` when its user logs in", async () => {
  const { readiness, dispatch } = createPage();
  dispatch("acknowledged", { version: "1.2.3" });
  expect(await stateOf(readiness.ready)).toBe("pending");
  expect(readiness.whyNotReady()).toContain("await hubspot.ready");
  dispatch("initialized", undefined);
  expect(await stateOf(readiness.ready)).toEqual(["resolved", { version: "1.2.3" }]);
  expect(readiness.whyNotReady()).toBeUndefined();
  expect(await stateOf(readiness.loggedIn)).toBe("pending");
  dispatch("login", { isLoggedIn: true });
  expect(await stateOf(readiness.loggedIn)).toEqual(["resolved", undefined]);
  dispatch("login", { isLoggedIn: false });
  expect(await stateOf(readiness.loggedIn)).toBe("pending");
});

test("replaces resolved promises when another page loads, and keeps pending promises", async () => {
  const { readiness, dispatch } = createPage();
  const early = [readiness.ready, readiness.loggedIn];
  dispatch("loading", { url: "" });
  expect([readiness.ready, readiness.loggedIn]).toEqual(early);
  dispatch("initialized", undefined);
  dispatch("login", { isLoggedIn: true });
  expect(await Promise.all(early.map(stateOf))).toEqual([
    ["resolved", { version: "" }],
    ["resolved", undefined],
  ]);
  dispatch("loading", { url: "" });
  expect(await stateOf(readiness.ready)).toBe("pending");
  expect(await stateOf(readiness.loggedIn)).toBe("pending");
});

test("rejects both promises with the reason when the app fails", async () => {
  const { readiness, dispatch } = createPage();
  const { ready } = readiness;
  dispatch("failed", { inShort: "", reason: "It answers 404" });
  for (const promise of [ready, readiness.ready, readiness.loggedIn]) {
    expect(await stateOf(promise)).toEqual(["rejected", "It answers 404"]);
  }
  expect(readiness.whyNotReady()).toBe("It answers 404");
  dispatch("loading", { url: "" });
  expect(await stateOf(readiness.ready)).toBe("pending");
  expect(readiness.whyNotReady()).toContain("await hubspot.ready");
});

test("becomes ready when the app sends initialized after a failure", async () => {
  const { readiness, dispatch } = createPage();
  dispatch("failed", { inShort: "", reason: "too late" });
  dispatch("initialized", undefined);
  expect(await stateOf(readiness.ready)).toEqual(["resolved", { version: "" }]);
  dispatch("login", { isLoggedIn: true });
  expect(await stateOf(readiness.loggedIn)).toEqual(["resolved", undefined]);
});

test("is ready on SYNC_ACK if the app must be silent", async () => {
  const { readiness, dispatch } = createPage({ iframeLocation: "remote" });
  dispatch("acknowledged", { version: "1.2.3" });
  expect(await stateOf(readiness.ready)).toEqual(["resolved", { version: "1.2.3" }]);
});

test("rejects `ready` if the app was not loaded, and `loggedIn` if it was closed", async () => {
  const { readiness, dispatch } = createPage();
  dispatch("withheld", { reason: "not confirmed" });
  expect(await stateOf(readiness.ready)).toEqual(["rejected", "not confirmed"]);
  dispatch("closed", undefined);
  expect(await stateOf(readiness.loggedIn)).toEqual(["rejected", "The app was closed."]);
});

test("is no longer ready after a failure", async () => {
  const { readiness, dispatch } = createPage();
  dispatch("initialized", undefined);
  dispatch("failed", { inShort: "", reason: "closed" });
  expect(await stateOf(readiness.ready)).toEqual(["rejected", "closed"]);
});

test("does not cause unhandled rejections", async () => {
  const unhandled: unknown[] = [];
  const record = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", record);
  createPage().dispatch("failed", { inShort: "", reason: "no listener" });
  await new Promise((resolve) => setTimeout(resolve));
  process.off("unhandledRejection", record);
  expect(unhandled).toEqual([]);
});
