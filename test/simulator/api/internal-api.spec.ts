import { expect, test } from "@playwright/test";
import { createApi } from "../../../src/simulator/api/api.ts";
import type { Call, State } from "../../../src/simulator/api/state.ts";
import { running as calling, now, openPage as open, webhookUrl } from "../../support/open-api.ts";
import { chance } from "../../support/random.ts";

const running: Call = { ...calling, properties: { hs_call_title: "First" } };

test("returns the state", async () => {
  const state: State = {
    apps: { 1: { recording: { urlToRetrieveAuthedRecording: "https://a.b/%s" } } },
    calls: { 77: running },
  };
  expect(await open(state).send("GET", "/simulator/state")).toMatchObject({ status: 200, body: state });
});

test("returns the URL of the server's own webhook", async () => {
  expect(await open().send("GET", "/simulator/webhook")).toMatchObject({ status: 200, body: { url: webhookUrl } });
});

test("returns only the calls that were created or changed at or after the given time", async () => {
  const calls = {
    1: { ...running, engagementId: 1, createdAt: 10 },
    2: { ...running, engagementId: 2, createdAt: 10, updatedAt: 20 },
    3: { ...running, engagementId: 3, createdAt: 30 },
  };
  const { send } = open({ apps: { 1: {} }, calls });
  const idsSince = async (since: unknown) => {
    const { body } = await send("GET", `/simulator/state?since=${since}`);
    expect(body.apps).toEqual({ 1: {} });
    return Object.keys(body.calls);
  };
  expect(await idsSince(20)).toEqual(["2", "3"]);
  expect(await idsSince(21)).toEqual(["3"]);
  expect(await idsSince(31)).toEqual([]);
  for (const since of ["", "0", "x"]) expect(await idsSince(since)).toEqual(["1", "2", "3"]);
});

test("deletes one call, and succeeds even if the call does not exist", async () => {
  const { send, store } = open({ apps: { 1: {} }, calls: { 77: running, 78: { ...running, engagementId: 78 } } });
  for (const id of [77, 79]) expect((await send("DELETE", `/simulator/calls/${id}`)).status).toBe(204);
  expect(store.get()).toEqual({ apps: { 1: {} }, calls: { 78: { ...running, engagementId: 78 } } });
});

test("deletes all calls but no apps", async () => {
  const { send, store } = open({ apps: { 1: {} }, calls: { 77: running } });
  const { status, body } = await send("DELETE", "/simulator/calls");
  expect([status, body, store.get()]).toEqual([204, undefined, { apps: { 1: {} }, calls: {} }]);
});

test.describe("a call from the simulator's page", () => {
  test("is stored, or merged into a stored call", async () => {
    const { send, store } = open();
    expect(await send("PUT", "/simulator/calls/77", { body: running })).toMatchObject({ status: 200, body: running });
    const { hs_call_title: _, ...others } = running.properties;
    await store.set({
      apps: {},
      calls: { 77: { ...running, properties: { hs_call_body: "Notes" }, recordingReady: true } },
    });
    const ended = { ...running, state: "ended", properties: { ...others, hs_call_status: "BUSY" } };
    const { body } = await send("PUT", "/simulator/calls/77", { body: ended });
    expect(body).toEqual({
      ...ended,
      properties: { hs_call_body: "Notes", hs_call_status: "BUSY" },
      recordingReady: true,
      updatedAt: now,
      by: "page",
    });
    expect(store.get().calls[77]).toEqual(body);
  });

  test("does not replace a property that the API changed later, and tells the page to fetch the API's value", async () => {
    const { send, store } = open({ apps: {}, calls: { 77: running } });
    const api = createApi({ store, matchesOf: () => [], now: () => now });
    await api(
      new Request("http://127.0.0.1:9026/crm/v3/objects/calls/77", {
        method: "PATCH",
        headers: { "content-type": "application/json", authorization: "Bearer anything" },
        body: JSON.stringify({ properties: { hs_call_title: "From the API" } }),
      }),
    );
    const put = async (properties: Record<string, string>, updatedAt: number) =>
      (await send("PUT", "/simulator/calls/77", { body: { ...running, properties, updatedAt } })).body;
    const earlier = { hs_call_title: "From the page", hs_call_body: "New notes" };
    const properties = { ...earlier, hs_call_title: "From the API" };
    expect(await put(earlier, now - 1)).toMatchObject({ properties, by: "api" });
    expect(await put(properties, now + 1)).toMatchObject({ properties, by: "page" });
    expect(await put(earlier, now + 1)).toMatchObject({ properties: earlier, by: "page" });
  });

  test("does not go back to an earlier state when requests arrive out of order", async () => {
    const { send, store } = open();
    for (const state of ["created", "ended", "answered", "created"]) {
      await send("PUT", "/simulator/calls/77", { body: { ...running, state, properties: { [`hs_${state}`]: "1" } } });
    }
    expect(store.get().calls[77]).toMatchObject({
      state: "ended",
      properties: { hs_created: "1", hs_answered: "1", hs_ended: "1" },
    });
    expect((await send("PUT", "/simulator/calls/77", { body: { ...running, state: "completed" } })).body.state).toBe(
      "completed",
    );
  });

  test("does not restore a cleared property unless its value is new", async () => {
    const before = { hs_call_title: "First", hs_call_status: "BUSY" };
    const { send, store } = open({ apps: {}, calls: { 77: { ...running, properties: before } } });
    const settings = createApi({ store, matchesOf: () => [], now: () => now });
    const clear = (name: string) =>
      settings(
        new Request("http://127.0.0.1:9026/crm/v3/objects/calls/77", {
          method: "PATCH",
          headers: { "content-type": "application/json", authorization: "Bearer anything" },
          body: JSON.stringify({ properties: { [name]: "" } }),
        }),
      );
    const put = async (properties: Record<string, string>) =>
      (await send("PUT", "/simulator/calls/77", { body: { ...running, properties } })).body.properties;

    await clear("hs_call_title");
    await clear("hs_call_status");
    // Sending the page's outdated copy again does not restore the property.
    for (const _ of [1, 2]) expect(await put({ ...before, hs_call_body: "Notes" })).toEqual({ hs_call_body: "Notes" });
    await clear("hs_call_body");
    expect(await put({ ...before, hs_call_body: "Notes" })).toEqual({});
    expect(await put({ ...before, hs_call_title: "Second" })).toEqual({ hs_call_title: "Second" });
    // A new value comes from the user, so it is stored.
    expect(await put(before)).toEqual({ hs_call_title: "First" });
  });

  const faults: [body: object | string, field: string][] = [
    [{ ...running, engagementId: "77" }, "engagementId"],
    [{ ...running, externalCallId: 1 }, "externalCallId"],
    [{ ...running, direction: "inbound" }, "direction"],
    [{ ...running, state: "ringing" }, "state"],
    [{ ...running, properties: { hs_call_title: 1 } }, "properties.hs_call_title"],
    [{ ...running, properties: null }, "properties"],
    [{ ...running, createdAt: 1e300 }, "createdAt"],
    [{ ...running, createdAt: "2026" }, "createdAt"],
    [{ ...running, other: 1 }, "other"],
    ["[]", "body"],
  ];
  for (const [body, field] of faults) {
    test(`is rejected, and the error names ${field}: ${JSON.stringify(body)}`, async () => {
      const { send, store } = open();
      const { status, body: errorResponse } = await send("PUT", "/simulator/calls/77", { body });
      expect([status, errorResponse.errors[0].in]).toEqual([400, field]);
      expect(store.get().calls).toEqual({});
    });
  }

  test("must have the same id as the path", async () => {
    const { send, store } = open();
    for (const id of ["78", "077", "0"]) {
      expect((await send("PUT", `/simulator/calls/${id}`, { body: running })).status, id).toBe(400);
    }
    expect(store.get().calls).toEqual({});
  });
});

test.describe("a request", () => {
  const path = "/simulator/state";
  const callers: [what: string, headers: Record<string, string>, host: string, status: number][] = [
    ["the simulator's page", { "sec-fetch-site": "same-origin" }, "127.0.0.1:9026", 200],
    ["a page on another site", { "sec-fetch-site": "cross-site" }, "127.0.0.1:9026", 403],
    ["a page on another port", { "sec-fetch-site": "same-site" }, "127.0.0.1:9026", 403],
    ["the address bar", { "sec-fetch-site": "none" }, "127.0.0.1:9026", 403],
    ["a page on another hostname (DNS rebinding)", { "sec-fetch-site": "same-origin" }, "example.com:9026", 403],
  ];
  for (const [what, headers, host, status] of callers) {
    test(`from ${what} gets ${status}`, async () => {
      const { send, store } = open();
      expect((await send("GET", path, { headers, host })).status).toBe(status);
      const put = await send("PUT", "/simulator/calls/77", { body: running, headers, host });
      expect([put.status, Object.keys(store.get().calls).length]).toEqual([status, status === 200 ? 1 : 0]);
    });
  }

  test("without Sec-Fetch-Site gets 200, or 403 if its Origin header names another origin", async () => {
    const { api } = open();
    const statusOf = async (headers: Record<string, string>) =>
      (await api(new Request(`http://127.0.0.1:9026${path}`, { headers })))?.status;
    expect(await statusOf({})).toBe(200);
    expect(await statusOf({ origin: "http://localhost:9026" })).toBe(403);
    expect(await statusOf({ origin: "null" })).toBe(403);
  });

  test("gets 405 for an unsupported method, 404 for an unknown path, and no response outside /simulator/", async () => {
    const { send, api } = open();
    const methods: [path: string, allow: string][] = [
      ["/simulator/state", "GET"],
      ["/simulator/calls/77", "PUT, DELETE"],
      ["/simulator/calls", "DELETE"],
      ["/simulator/numbers", "POST"],
      ["/simulator/webhook", "GET"],
      ["/simulator/headers", "GET"],
    ];
    for (const [path, allow] of methods) {
      const { status, headers } = await send("PATCH", path);
      expect([status, headers.get("allow")]).toEqual([405, allow]);
    }
    expect((await send("GET", "/simulator/nothing")).status).toBe(404);
    for (const other of ["/", "/simulator", "/crm/v3/objects/calls/1"]) {
      expect(await api(new Request(`http://127.0.0.1${other}`)), other).toBeUndefined();
    }
  });
});

test("answers each of 400 generated requests with a status below 500, and leaves the state unchanged", async () => {
  const { pick, bytes, below } = chance(45);
  const before: State = { apps: { 1: {} }, calls: { 77: running } };
  const { send, store } = open(structuredClone(before));
  const paths = [
    "state",
    "webhook",
    "state?since=x",
    "calls",
    "calls/77",
    "calls/x",
    "calls/99999999999999999999",
    "numbers",
    "headers",
    "headers?url=%",
    "",
  ];
  const names = [...Object.keys(running), "appId", "portalId", "userId", "__proto__", "constructor", ""];
  const values = ["0", "1", "-1", "1e999", "null", '"7"', "[]", "{}", '"\\ud800"', "true"];
  const failed: string[] = [];
  for (let count = 0; count < 400; count++) {
    const entries = Array.from({ length: below(8) }, () => `${JSON.stringify(pick(names))}:${pick(values)}`);
    const raw = pick<() => string | Uint8Array<ArrayBuffer>>([
      () => `{${entries.join(",")}}`,
      () => "[".repeat(below(60_000)),
      () => bytes(below(300)),
      () => JSON.stringify({ ...running, [pick(names)]: [] }).slice(0, 1 + below(150)),
    ])();
    const url = pick(["http://localhost:x/", "http://127.0.0.1:99999/", "https://[::1", "http://%6c/", "\u0000", "//"]);
    const path = `/simulator/${pick([...paths, `headers?url=${encodeURIComponent(url)}`])}`;
    const method = pick(["GET", "POST", "PUT", "PATCH", "HEAD"]);
    const { status } = await (method === "HEAD" ? send("GET", path) : send(method, path, { raw }));
    if (status >= 500) failed.push(`${status}: ${method} ${path}`);
  }
  expect(failed).toEqual([]);
  expect(store.get()).toEqual(before);
});
