// Unit tests that use the mock, with an EventTarget as the window and an app of a few lines.
import { expect, test } from "@playwright/test";
import { createHubspot, type MockOptions } from "../../src/mock/create-hubspot.ts";

type Posted = { type: string; messageId?: string; data?: { phoneNumber?: string; engagementId?: number } };

/** Starts an app that answers SYNC, starts a call on DIAL_NUMBER, and ends and completes the call on END_CALL. */
function startApp(window: EventTarget & { parent?: { postMessage(message: object): void } }) {
  const { parent } = window; // the SDK keeps this reference too
  const received: Posted[] = [];
  const send = (type: string, data?: object) => parent?.postMessage({ type, data, messageId: "app_1" });
  const ids = { externalCallId: "call 1", engagementId: 0 };
  const handlers: Record<string, (message: Posted) => void> = {
    SYNC(message) {
      parent?.postMessage({ ...message, type: "SYNC_ACK", version: "0.9.7" });
      send("INITIALIZED", { isLoggedIn: true });
    },
    DIAL_NUMBER({ data }) {
      const numbers = { fromNumber: "+18005550100", toNumber: data?.phoneNumber };
      send("OUTGOING_CALL_STARTED", { externalCallId: ids.externalCallId, ...numbers, createEngagement: true });
      received.push({ type: "end of handler" });
    },
    CREATE_ENGAGEMENT_SUCCEEDED({ data }) {
      ids.engagementId = data?.engagementId ?? 0;
      send("CALL_ANSWERED", { externalCallId: ids.externalCallId });
    },
    END_CALL() {
      send("CALL_ENDED", { ...ids, callEndStatus: "COMPLETED" });
      send("CALL_COMPLETED", { ...ids, engagementProperties: { hs_call_title: "Call", hs_timestamp: 1 } });
    },
  };
  window.addEventListener("message", (event) => {
    if (!("data" in event)) return;
    const { ...message }: Posted = Object(event.data);
    received.push(message);
    handlers[message.type]?.(message);
  });
  return { send, types: () => received.map(({ type }) => type) };
}

function openApp(options: MockOptions = {}) {
  const window: Parameters<typeof startApp>[0] = new EventTarget();
  const hubspot = createHubspot({ window, ...options });
  return { window, hubspot, app: startApp(window) };
}

test("simulates HubSpot during a call, and replies after the app's handler returns", async () => {
  const { hubspot, app } = openApp();
  expect(await hubspot.ready).toEqual({ version: "0.9.7" });
  await hubspot.dial({ recordId: 51 });
  expect((await hubspot.waitFor("OUTGOING_CALL_STARTED")).data).toMatchObject({ toNumber: "+18005550151" });
  await hubspot.send("END_CALL");
  await hubspot.waitFor("CALL_COMPLETED");
  expect(hubspot.engagements()).toMatchObject([{ state: "completed", properties: { hs_call_title: "Call" } }]);
  expect(app.types()).toEqual([
    "SYNC",
    "DIAL_NUMBER",
    "end of handler",
    "CREATE_ENGAGEMENT_SUCCEEDED",
    "END_CALL",
    "VISIBILITY_CHANGED",
    "UPDATE_ENGAGEMENT_SUCCEEDED",
  ]);
  expect(await hubspot.close()).toEqual([]);
});

test("waits without end if a time limit or a delay is Infinity", async () => {
  const endless = Number.POSITIVE_INFINITY;
  const session = { timeout: endless };
  const { hubspot, app } = openApp({ session, answers: { OUTGOING_CALL_STARTED: { how: "succeed", delay: endless } } });
  await hubspot.dial();
  const ended = hubspot.waitFor("CALL_ENDED", endless);
  const silent = createHubspot({ window: new EventTarget(), session });
  silent.ready.catch(() => {}); // `close` rejects it.
  await new Promise((resolve) => setTimeout(resolve, 50)); // Nothing happens that the test could wait for.
  app.send("CALL_ENDED", { externalCallId: "call 1" });
  expect((await ended).type).toBe("CALL_ENDED");
  expect(app.types()).not.toContain("CREATE_ENGAGEMENT_SUCCEEDED");
  expect(silent.findings()).toEqual([]);
  await hubspot.close();
  await silent.close();
});

test("reports that the app ended a call that END_CALL did not name", async () => {
  const { hubspot, app } = openApp();
  await hubspot.dial();
  await hubspot.waitFor("CALL_ANSWERED");
  app.send("INCOMING_CALL", { externalCallId: "call 2", fromNumber: "+18005550152", toNumber: "+18005550100" });
  for (const _ of [1, 2]) await hubspot.send("END_CALL", { externalCallId: "call 2" });
  const { rule, about = -1 } = hubspot.findings()[0] ?? {};
  expect(rule).toBe("other-call-ended");
  expect(hubspot.messages()[about]).toMatchObject({ type: "CALL_ENDED", data: { externalCallId: "call 1" } });
  await hubspot.close();
});

test("reports the simulator's findings, and reports missing messages on close", async () => {
  const { hubspot, app } = openApp();
  await hubspot.dial();
  app.send("CALL_PAUSED");
  expect(hubspot.findings().map(({ rule }) => rule)).toEqual(["unknown-type"]);
  expect((await hubspot.close()).map(({ rule }) => rule)).toEqual(["unknown-type", "never-ended"]);
});

test("works even if a test's fake timers never fire", async () => {
  const { setTimeout, setInterval } = globalThis;
  const fake = Object.assign(() => setTimeout(() => {}), { __promisify__: () => Promise.resolve() });
  Object.assign(globalThis, { setTimeout: fake, setInterval: fake });
  try {
    const { hubspot } = openApp();
    await hubspot.dial();
    await hubspot.waitFor("OUTGOING_CALL_STARTED");
    await hubspot.close();
  } finally {
    Object.assign(globalThis, { setTimeout, setInterval });
  }
});

test("sends the fields from the options `session`, `iframeLocation` and `usesCallingWindow`, replies as the `answers` option specifies, and rejects `answer()` for a message to which HubSpot does not reply", async () => {
  const { hubspot, app } = openApp({
    origin: "https://app-eu1.hubspot.com",
    iframeLocation: "remote",
    usesCallingWindow: false,
    session: { portalId: 7, withoutOwner: true, twice: true },
    answers: { OUTGOING_CALL_STARTED: { how: "fail", delay: 10 } },
  });
  await hubspot.dial();
  const [ready] = hubspot.messages();
  expect(ready?.data).toEqual({
    hostUrl: "https://app-eu1.hubspot.com",
    portalId: 7,
    userId: 9,
    iframeLocation: "remote",
    usesCallingWindow: false,
  });
  expect(app.types()).toEqual(["SYNC", "DIAL_NUMBER", "end of handler", "DIAL_NUMBER", "end of handler"]);
  await expect.poll(app.types).toContain("CREATE_ENGAGEMENT_FAILED");
  hubspot.answer("OUTGOING_CALL_STARTED", "never");
  expect(() => hubspot.answer("LOGGED_IN", "fail")).toThrow("HubSpot does not reply to LOGGED_IN");
  await hubspot.close();
});

test("receives messages only from the new app after a reload", async () => {
  const { window, hubspot, app: earlier } = openApp();
  await hubspot.dial();
  const { length } = earlier.types();
  hubspot.reload();
  const app = startApp(window);
  await hubspot.ready;
  earlier.send("LOGGED_OUT");
  await expect(hubspot.dial()).rejects.toThrow("A call is in progress");
  expect([app.types(), earlier.types().length]).toEqual([["SYNC"], length]);
  expect(hubspot.messages().map(({ type }) => type)).not.toContain("LOGGED_OUT");
  const [engagement] = hubspot.engagements();
  expect(hubspot.messages().findLast(({ type }) => type === "READY")?.data).toMatchObject({
    engagementId: engagement?.engagementId,
  });
  await hubspot.close();
});

test("restores the window on close, and removes the app's listeners", async () => {
  const { window, hubspot, app } = openApp();
  await hubspot.ready;
  await hubspot.close();
  expect(Object.getOwnPropertyNames(window)).toEqual([]);
  const next = createHubspot({ window, session: { timeout: 20 } });
  await expect(next.ready).rejects.toThrow("did not answer SYNC within 20 ms; create the app after createHubspot");
  expect(app.types()).toEqual(["SYNC"]);
  expect((await next.close()).map(({ rule }) => rule)).toEqual(["no-answer"]);
});

test("rejects `ready` after a reload if no app answers SYNC", async () => {
  const { hubspot } = openApp({ session: { timeout: 20 } });
  await hubspot.ready;
  hubspot.reload();
  await expect(hubspot.ready).rejects.toThrow("did not answer SYNC within 20 ms");
  await hubspot.close();
});

test("stores each message as it was when the app sent it, and throws for data that a browser cannot clone", async () => {
  const { hubspot, app } = openApp();
  await hubspot.dial();
  const data = { step: 1 };
  app.send("CALL_DATA", data);
  data.step = 2;
  expect(await hubspot.waitFor("CALL_DATA")).toMatchObject({ data: { step: 1 } });
  expect(() => app.send("CALL_DATA", { format: () => "" })).toThrow("could not be cloned");
  await hubspot.close();
});

test("sends SYNC again if the app starts listening late", async () => {
  const window = new EventTarget();
  const hubspot = createHubspot({ window, session: { timeout: 20 } });
  await new Promise((resolve) => setTimeout(resolve, 40));
  startApp(window);
  expect(await hubspot.ready).toEqual({ version: "0.9.7" });
  expect(await hubspot.close()).toEqual([]);
});

test("explains that a message, a record or the window is missing", async () => {
  const { hubspot } = openApp();
  await expect(hubspot.waitFor("CALL_ENDED", 10)).rejects.toThrow("the app did not send CALL_ENDED within 10 ms");
  await expect(hubspot.dial({ recordId: 1 })).rejects.toThrow("dial: no record has the id 1");
  await hubspot.close();
  expect(() => createHubspot()).toThrow("there is no window");
});
