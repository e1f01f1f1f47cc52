import { expect, test } from "@playwright/test";
import { calling, connection, errorResponse, open, recording, stamped, versions } from "../../support/open-api.ts";

const kinds: [rest: string, full: Record<string, unknown>, change: Record<string, unknown>, stamps: object][] = [
  ["", calling, { isReady: true, width: 320 }, stamped],
  ["/channel-connection", connection, { isReady: true }, stamped],
  ["/recording", recording, { urlToRetrieveAuthedRecording: "https://example.org/%s" }, {}],
];

for (const [version, base] of Object.entries(versions)) {
  for (const [rest, full, change, stamps] of kinds) {
    const isDeletable = rest !== "/recording";
    test(`${version} /settings${rest} can be created, read${isDeletable ? ", changed and deleted" : " and changed, but not deleted"}`, async () => {
      const { send, store } = open();
      const path = `${base}/123/settings${rest}`;
      expect((await send("GET", path)).status).toBe(404);
      expect((await send("PATCH", path, { body: change })).status).toBe(404);
      expect(await send("POST", path, { body: full })).toMatchObject({ status: 200, body: { ...full, ...stamps } });
      expect((await send("GET", path)).body).toEqual({ ...full, ...stamps });
      expect(await send("PATCH", path, { body: change })).toMatchObject({ status: 200 });
      expect((await send("GET", path)).body).toEqual({ ...full, ...change, ...stamps });
      expect((await send("GET", path.replace("123", "124"))).status).toBe(404);

      const again = await send("POST", path, { body: { ...full, ...change } });
      expect([again.status, again.body]).toEqual([409, errorResponse("CONFLICT", /PATCH/)]);

      const deleted = await send("DELETE", path);
      if (!isDeletable) {
        expect([deleted.status, deleted.headers.get("allow")]).toEqual([405, "GET, POST, PATCH"]);
        return;
      }
      expect([deleted.status, deleted.body]).toEqual([204, undefined]);
      expect(await send("GET", path)).toMatchObject({ status: 404, body: { category: "OBJECT_NOT_FOUND" } });
      expect((await send("DELETE", path)).status).toBe(404);
      expect(store.get().apps).toEqual({});
    });
  }
}

test("keeps the app's other settings and other apps' settings on DELETE", async () => {
  const { send, store } = open({ apps: { 2: { recording } }, calls: {} });
  for (const [rest, body] of [["", calling] as const, ["/channel-connection", connection] as const])
    await send("POST", `${versions.v3}/1/settings${rest}`, { body });
  await send("DELETE", `${versions.v3}/1/settings`);
  expect(store.get().apps).toEqual({ 1: { channelConnection: { ...connection, ...stamped } }, 2: { recording } });
  await send("DELETE", `${versions.v3}/1/settings/channel-connection`);
  expect(store.get().apps).toEqual({ 2: { recording } });
});

test("returns the same settings in every API version", async () => {
  const { send } = open();
  await send("POST", `${versions.v3}/1/settings`, { body: calling });
  for (const base of Object.values(versions)) {
    expect((await send("GET", `${base}/1/settings`)).body).toMatchObject(calling);
  }
});

test("has defaults for all fields except name and url", async () => {
  const { send } = open();
  const { name, url } = calling;
  expect((await send("POST", `${versions.v3}/1/settings`, { body: { name, url } })).body).toEqual({
    ...{ name, url, width: 400, height: 600, isReady: true, supportsCustomObjects: false },
    ...{ supportsInboundCalling: false, usesCallingWindow: true, usesRemote: false },
    ...stamped,
  });
});

test("keeps createdAt when the settings change", async () => {
  const { send } = open({
    apps: { 1: { settings: { ...calling, ...stamped, createdAt: "2025-01-01T00:00:00.000Z" } } },
    calls: {},
  });
  const { body } = await send("PATCH", `${versions.v3}/1/settings`, { body: { name: "Other" } });
  expect(body).toEqual({ ...calling, ...stamped, createdAt: "2025-01-01T00:00:00.000Z", name: "Other" });
});

/** Values that the types in HubSpot's OpenAPI description or this project's rules do not allow. */
const wrong: Record<string, unknown[]> = {
  string: [null, 1, true, [], {}, "", "  "],
  URL: [
    null,
    1,
    "",
    "example.com",
    "http://example.com/",
    "ftp://localhost/",
    "javascript:alert(1)",
    "https://",
    "//a.b",
  ],
  int32: [null, "400", 1.5, 0, -1, 2 ** 31, 1e300, true, [], {}],
  boolean: [null, "true", 0, 1, [], {}],
  "recording URL": [null, 1, "http://localhost/%s", "https://example.com/", "%s", "https://%s"],
};
const fields: [rest: string, full: object, types: Record<string, string>][] = [
  [
    "",
    calling,
    {
      ...{ name: "string", url: "URL", width: "int32", height: "int32", isReady: "boolean", usesRemote: "boolean" },
      ...{ supportsCustomObjects: "boolean", supportsInboundCalling: "boolean", usesCallingWindow: "boolean" },
    },
  ],
  ["/channel-connection", connection, { url: "URL", isReady: "boolean" }],
  ["/recording", recording, { urlToRetrieveAuthedRecording: "recording URL" }],
];
for (const [rest, full, types] of fields) {
  for (const [field, type] of Object.entries(types)) {
    test(`/settings${rest} rejects a POST or PATCH request whose ${field} is not a valid ${type}`, async () => {
      const { send, store } = open();
      const path = `${versions["2026-03"]}/5/settings${rest}`;
      const created = await send("POST", path.replace("5", "6"), { body: full });
      expect(created.status).toBe(200);
      const before = store.get();
      for (const value of wrong[type] ?? []) {
        for (const answer of [
          await send("POST", path, { body: { ...full, [field]: value } }),
          await send("PATCH", path.replace("5", "6"), { body: { [field]: value } }),
        ]) {
          const expected = [400, errorResponse("VALIDATION_ERROR", new RegExp(`^${field}: `), field)];
          expect([answer.status, answer.body], JSON.stringify(value)).toEqual(expected);
        }
      }
      expect(store.get()).toBe(before);
    });
  }

  test(`/settings${rest} rejects a POST request with an unknown field`, async () => {
    const { send, store } = open();
    for (const name of ["isready", "createdAt", "constructor", "toString", "__proto__", ""]) {
      const raw = JSON.stringify(full).replace("{", `{${JSON.stringify(name)}:1,`);
      const { status, body } = await send("POST", `${versions.v3}/5/settings${rest}`, { raw });
      expect([status, body.message, body.errors[0].in]).toEqual([
        400,
        expect.stringContaining("not a known field"),
        name,
      ]);
    }
    expect(store.get().apps).toEqual({});
  });
}
