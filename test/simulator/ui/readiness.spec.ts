import { expect, test } from "@playwright/test";
import { createReadiness } from "../../../src/simulator/ui/readiness.ts";

/** What a promise has come to by now. */
async function now(promise: Promise<unknown>): Promise<unknown> {
  const outcome = promise.then(
    (value) => ["resolved", value],
    (error: Error) => ["rejected", error.message],
  );
  return Promise.race([outcome, new Promise((resolve) => setTimeout(() => resolve("pending")))]);
}

test("ready comes with initialized, loggedIn with the login", async () => {
  const handshake = createReadiness();
  handshake.acknowledged("1.2.3");
  expect(await now(handshake.ready)).toBe("pending");
  expect(handshake.whyNot()).toContain("await hubspot.ready");
  handshake.initialized();
  expect(await now(handshake.ready)).toEqual(["resolved", { version: "1.2.3" }]);
  expect(handshake.whyNot()).toBeUndefined();
  expect(await now(handshake.loggedIn)).toBe("pending");
  handshake.login(true);
  expect(await now(handshake.loggedIn)).toEqual(["resolved", undefined]);
  handshake.login(false);
  expect(await now(handshake.loggedIn)).toBe("pending");
});

test("another page has promises of its own, and who waited for the one before waits for it", async () => {
  const handshake = createReadiness();
  const early = [handshake.ready, handshake.loggedIn];
  handshake.framed();
  expect([handshake.ready, handshake.loggedIn]).toEqual(early);
  handshake.initialized();
  handshake.login(true);
  expect(await Promise.all(early.map(now))).toEqual([
    ["resolved", { version: "" }],
    ["resolved", undefined],
  ]);
  handshake.framed();
  expect(await now(handshake.ready)).toBe("pending");
  expect(await now(handshake.loggedIn)).toBe("pending");
});

test("an app that fails rejects both, in words, for those who waited and those who ask then", async () => {
  const handshake = createReadiness();
  const { ready } = handshake;
  handshake.failed("It answers 404");
  for (const promise of [ready, handshake.ready, handshake.loggedIn]) {
    expect(await now(promise)).toEqual(["rejected", "It answers 404"]);
  }
  expect(handshake.whyNot()).toBe("It answers 404");
  handshake.framed();
  expect(await now(handshake.ready)).toBe("pending");
  expect(handshake.whyNot()).toContain("await hubspot.ready");
});

test("one that was given up and comes after all is ready", async () => {
  const handshake = createReadiness();
  handshake.failed("too late");
  handshake.initialized();
  expect(await now(handshake.ready)).toEqual(["resolved", { version: "" }]);
  handshake.login(true);
  expect(await now(handshake.loggedIn)).toEqual(["resolved", undefined]);
});

test("an app that was ready and fails is not ready any more", async () => {
  const handshake = createReadiness();
  handshake.initialized();
  handshake.failed("closed");
  expect(await now(handshake.ready)).toEqual(["rejected", "closed"]);
});

test("that nobody awaits a rejection is no error", async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  createReadiness().failed("nobody listens");
  await new Promise((resolve) => setTimeout(resolve));
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});
