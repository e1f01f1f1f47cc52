import { expect, test } from "@playwright/test";
import type { State } from "../../../src/simulator/api/state.ts";
import { memory } from "../../support/memory-store.ts";
import {
  calling,
  connection,
  errorResponse,
  inbound,
  open,
  recording,
  running,
  stamped,
  versions,
} from "../../support/open-api.ts";
import { chance } from "../../support/random.ts";

test.describe("a request", () => {
  const path = `${versions["2026-03"]}/1/settings`;

  test("needs a hapikey or a bearer token", async () => {
    const { send } = open();
    const without = { authorization: "" };
    expect((await send("GET", `${path}?hapikey=x`, { headers: without })).status).toBe(404);
    for (const authorization of ["", "Bearer", "Bearer ", "Basic eDp5"]) {
      const answer = await send("GET", `${path}?hapikey=`, { headers: { authorization } });
      expect([answer.status, answer.body]).toEqual([401, errorResponse("INVALID_AUTHENTICATION", /hapikey/)]);
    }
  });

  const methods: [path: string, allow: string][] = [
    [path, "GET, POST, PATCH, DELETE"],
    [`${path}/channel-connection`, "GET, POST, PATCH, DELETE"],
    [`${path}/recording`, "GET, POST, PATCH"],
    [`${versions.v3}/recordings/ready`, "POST"],
    [`${versions.v3}/inbound-call`, "POST"],
    ["/crm/objects/2026-03/calls/77", "GET, PATCH"],
    ["/crm/v3/objects/calls/77", "GET, PATCH"],
    ["/crm/v3/objects/calls", "POST"],
  ];
  for (const [path, allow] of methods) {
    test(`to ${path} is rejected unless its method is ${allow.replace(/, (\w+)$/, " or $1")}`, async () => {
      const { send } = open();
      for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
        if (allow.split(", ").includes(method)) continue;
        const { status, headers } = await send(method, path);
        expect([status, headers.get("allow")], method).toEqual([405, allow]);
      }
    });
  }

  test("to an unknown path gets 404 under /crm/, and no response elsewhere", async () => {
    const { send, api } = open();
    const unknown = [
      "/crm/",
      "/crm/v4/objects/calls/1",
      `${path}/`,
      `${path}/x`,
      "/crm/extensions/calling/2024-09/1/settings",
      "/crm/objects/2024-09/calls/77",
      "/crm/v3/extensions/calling/2026-03/1/settings",
    ];
    for (const other of unknown) {
      expect(await send("GET", other), other).toMatchObject({
        status: 404,
        body: errorResponse("OBJECT_NOT_FOUND", /v3/),
      });
    }
    for (const other of ["/", "/crm", "/index.html", "/simulator/state"]) {
      expect(await api(new Request(`http://127.0.0.1${other}`)), other).toBeUndefined();
    }
  });

  const changes: [method: string, path: string, body?: unknown][] = [
    ["POST", path, calling],
    ["PATCH", path, { name: "Other" }],
    ["DELETE", path],
    ["POST", "/crm/v3/objects/calls", { properties: { hs_timestamp: "1" } }],
    ["PATCH", "/crm/v3/objects/calls/77", { properties: { hs_call_title: "Second" } }],
    ["POST", `${versions.v3}/recordings/ready`, { engagementId: 77 }],
    ["POST", `${versions.v3}/inbound-call`, inbound],
  ];
  test("that changes the state gets its response only after the change is written", async () => {
    const store = memory({ apps: {}, calls: { 77: running } });
    const written: (() => void)[] = [];
    const set = async (next: State) => {
      await store.set(next);
      return new Promise<void>((resolve) => written.push(resolve));
    };
    const { send } = open(undefined, { ...store, set });
    for (const [method, path, body] of changes) {
      let isAnswered = false;
      const answer = send(method, path, { body }).finally(() => {
        isAnswered = true;
      });
      // An immediate response needs far fewer turns of the event loop.
      for (let turns = 0; turns < 100; turns++) await new Promise(setImmediate);
      expect([written.length, isAnswered], `${method} ${path}`).toEqual([1, false]);
      written.pop()?.();
      expect((await answer).status, `${method} ${path}`).toBeLessThan(300);
    }
  });

  test("with an invalid id is rejected", async () => {
    const { send } = open();
    for (const id of ["abc", "0", "-1", "01", "1.5", "2147483648", "%00", "1e3", "__proto__"]) {
      const { status, body } = await send("GET", `${versions.v3}/${id}/settings`);
      expect([status, body], id).toEqual([400, errorResponse("VALIDATION_ERROR", /^appId/, "appId")]);
    }
    expect(await send("GET", "/crm/v3/objects/calls/9007199254740993")).toMatchObject({ status: 400 });
  });

  test("must have a JSON object of at most 64 kB as its body", async () => {
    const { send } = open();
    const raw = JSON.stringify(calling);
    for (const type of ["", "text/plain", "application/jsonp", "application/x-www-form-urlencoded"]) {
      expect((await send("POST", path, { raw, headers: { "content-type": type } })).status, type).toBe(415);
    }
    expect((await send("POST", path, { raw: raw.padEnd(65537) })).status).toBe(413);
    // A Content-Length that is too small makes no difference.
    expect((await send("POST", path, { raw: raw.padEnd(65537), headers: { "content-length": "2" } })).status).toBe(413);
    for (const raw of ["", "{", "null", "[]", '"text"', "1", new Uint8Array([0x7b, 0xff, 0x7d])]) {
      const { status, body } = await send("POST", path, { raw });
      expect([status, body.category], `${raw}`).toEqual([400, "VALIDATION_ERROR"]);
    }
    const created = await send("POST", path, {
      raw: raw.padEnd(65536),
      headers: { "content-type": "Application/JSON; charset=utf-8" },
    });
    expect(created.status).toBe(200);
    for (const raw of ["null", "[]", '"text"', "1"]) expect((await send("PATCH", path, { raw })).status).toBe(400);
  });

  test("with a body that was cut off is rejected", async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error("aborted")) });
    const headers = { "content-type": "application/json", authorization: "Bearer anything" };
    // Node requires duplex for a streamed body, but the DOM types do not declare it.
    const init = { method: "POST", headers, body, duplex: "half" };
    const response = await open().api(new Request(`http://127.0.0.1${path}`, init));
    expect([response?.status, await response?.json()]).toEqual([
      400,
      errorResponse("VALIDATION_ERROR", /^body: was cut off$/),
    ]);
  });

  test("with an error status in its Prefer header gets an error with that status, and changes nothing", async () => {
    const { send, store } = open();
    const forced: [code: number, category: string, retryAfter: string | null][] = [
      [400, "VALIDATION_ERROR", null],
      [401, "INVALID_AUTHENTICATION", null],
      [403, "MISSING_SCOPES", null],
      [404, "OBJECT_NOT_FOUND", null],
      [429, "RATE_LIMITS", "1"],
      [500, "INTERNAL_ERROR", null],
      [503, "INTERNAL_ERROR", "1"],
      [599, "INTERNAL_ERROR", null],
    ];
    for (const [code, category, retryAfter] of forced) {
      const { status, body, headers } = await send("POST", path, {
        body: calling,
        headers: { prefer: `code=${code}` },
      });
      expect([status, body, headers.get("retry-after")]).toEqual([code, errorResponse(category, /Prefer/), retryAfter]);
    }
    expect((await send("GET", path, { headers: { prefer: 'wait=1, code="418"' } })).status).toBe(418);
    expect(store.get().apps).toEqual({});
    for (const prefer of ["code=200", "code=600", "code=4290", "xcode=429", "code", ""]) {
      expect((await send("GET", path, { headers: { prefer } })).status, prefer).toBe(404);
    }
  });
});

test.describe("a request from a page of another origin", () => {
  const foreign: Record<string, string>[] = [
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    // Some browsers do not send Sec-Fetch-Site.
    { origin: "http://localhost:9026" },
    { origin: "null" },
  ];
  for (const headers of foreign) {
    test(`gets the same error for known and unknown paths: ${JSON.stringify(headers)}`, async () => {
      const { send, store } = open({ apps: { 1: { recording } }, calls: { 77: running } });
      const before = store.get();
      const paths = ["1/settings/recording", "2/settings/recording", "x/settings", "nothing"];
      const answers = [
        ...paths.map((rest) => send("GET", `${versions.v3}/${rest}?hapikey=x`, { headers })),
        send("POST", `${versions.v3}/3/settings`, { headers, body: calling }),
        send("DELETE", `${versions.v3}/1/settings/recording`, { headers: { ...headers, authorization: "" } }),
        send("PATCH", "/crm/v3/objects/calls/77", { headers, body: { properties: {} } }),
        send("GET", `${versions.v3}/1/settings`, { headers: { ...headers, prefer: "code=429" } }),
      ];
      for (const { status, body } of await Promise.all(answers)) {
        expect([status, body]).toEqual([
          403,
          errorResponse("MISSING_SCOPES", /^Pages of other origins must not call this API$/),
        ]);
      }
      expect(store.get()).toBe(before);
    });
  }
});

test("accepts a request from the address bar, a program or the simulator's page", async () => {
  const { send } = open({ apps: { 1: { recording } }, calls: {} });
  for (const headers of [{}, { "sec-fetch-site": "none" }, { "sec-fetch-site": "same-origin" }]) {
    expect((await send("GET", `${versions.v3}/1/settings/recording`, { headers })).status).toBe(200);
  }
});

test("names each missing field in the error", async () => {
  const { send } = open();
  const missing = async (path: string, body: object) => {
    const answer = await send("POST", path, { body });
    return answer.body.errors.map(({ in: field }: { in: string }) => field);
  };
  expect(await missing(`${versions.v3}/5/settings`, {})).toEqual(["name", "url"]);
  expect(await missing(`${versions.v3}/5/settings/channel-connection`, {})).toEqual(["url", "isReady"]);
  expect(await missing(`${versions.v3}/5/settings/recording`, {})).toEqual(["urlToRetrieveAuthedRecording"]);
  expect(await missing(`${versions.v3}/recordings/ready`, {})).toEqual(["engagementId"]);
  expect(await missing("/crm/v3/objects/calls", {})).toEqual(["properties"]);
  expect(await missing("/crm/v3/objects/calls", { properties: {} })).toEqual(["properties.hs_timestamp"]);
  expect(await missing(`${versions.v3}/inbound-call`, {})).toEqual([
    ...["createEngagement", "engagementProperties", "externalCallId", "finalCallStatus"],
    ...["fromNumber", "toNumber", "potentialRecipientUserIds"],
  ]);
});

test("answers each of 800 generated requests with a status below 500, and leaves the state unchanged", async () => {
  const { pick, bytes, below } = chance(44);
  const registered = {
    settings: { ...calling, ...stamped },
    channelConnection: { ...connection, ...stamped },
    recording,
  };
  const before = { apps: { 1: registered }, calls: { 77: running } };
  const { send, store } = open(structuredClone(before));
  const paths = [
    ...Object.values(versions).flatMap((base) => [
      ...["", "/channel-connection", "/recording", "/x", "/"].map((rest) => `${base}/1/settings${rest}`),
      ...["/recordings/ready", "/inbound-call", "/recordings", "//settings", "/%/settings", "/%00/settings"].map(
        (rest) => base + rest,
      ),
    ]),
    ...["77", "78", "0", "x", "%ff", "..", "1e9"].map((id) => `/crm/v3/objects/calls/${id}`),
    "/crm/objects/2026-03/calls/77",
    "/crm/objects/2026-03/calls",
  ];
  const names = [
    ...Object.keys({ ...calling, ...connection, ...recording }),
    "engagementId",
    "properties",
    "fromNumber",
  ];
  const unusualNames = ["__proto__", "constructor", "toString", "", "\u0000", "\ud800", "createdAt"];
  const values = ["0", "-1", "1.5", "1e999", "null", '"7"', "[]", "{}", '"\\ud800"', '{"a":1}', "99999999999999999999"];
  const seen = new Set<number>();
  const failed: string[] = [];
  for (let count = 0; count < 800; count++) {
    const entries = Array.from(
      { length: 1 + below(4) },
      () => `${JSON.stringify(pick([...names, ...unusualNames]))}:${pick(values)}`,
    );
    const raw = pick<() => string | Uint8Array<ArrayBuffer>>([
      () => `{${entries.join(",")}}`,
      () => `{"properties":{${entries.join(",")}}}`,
      () => "[".repeat(below(60_000)),
      () => `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`,
      () => bytes(below(300)),
      () => JSON.stringify({ ...calling, [pick(names)]: 0 }).slice(0, 1 + below(120)),
    ])();
    const query = pick(["", "?hapikey=", "?hapikey=%", "?properties=", "?properties=__proto__,,%00", "?%ff=&=&&"]);
    const method = pick(["GET", "POST", "PATCH", "PUT", "HEAD", "OPTIONS"]);
    const path = pick(paths);
    const headers = {
      ...(below(6) === 0 ? { "content-type": pick(["", "json", "application/json,", "*/*"]) } : {}),
      ...(below(6) === 0 ? { authorization: pick(["", "Bearer", "bearer  x", "Basic x", "\u00ff"]) } : {}),
      ...(below(6) === 0 ? { prefer: pick(["", "code=", "code=abc", "code=99", "code=1000", ",;="]) } : {}),
      ...(below(6) === 0 ? { "content-length": pick(["-1", "x", "0", "1e9"]) } : {}),
    };
    const { status } = await send(method, path + query, { headers, raw });
    if (status < 200 || status >= 500) failed.push(`${status}: ${method} ${path}${query}`);
    seen.add(status);
  }
  expect(failed).toEqual([]);
  expect(seen).toEqual(new Set([200, 400, 401, 404, 405, 413, 415]));
  expect(store.get()).toEqual(before);
});
