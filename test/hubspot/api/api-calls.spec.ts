import { expect, test } from "@playwright/test";
import { match, now, open, refusal, running, stamped, versions } from "./open-api.ts";

test.describe("a call", () => {
  for (const path of ["/crm/objects/2026-03/calls/77", "/crm/v3/objects/calls/77"]) {
    test(`at ${path} is read and updated`, async () => {
      const { send, store } = open({ apps: {}, calls: { 77: running } });
      const own = { hs_createdate: stamped.createdAt, hs_lastmodifieddate: stamped.updatedAt, hs_object_id: "77" };
      expect(await send("GET", path)).toMatchObject({
        status: 200,
        body: { id: "77", properties: own, ...stamped, archived: false },
      });
      const asked = await send("GET", `${path}?properties=hs_call_title,toString&properties=hs_call_body`);
      expect(asked.body.properties).toEqual({ ...own, hs_call_title: "First", hs_call_body: "Notes" });

      const changes = { hs_call_title: "Second", hs_call_body: "", hs_call_duration: "1000" };
      const changed = await send("PATCH", path, { body: { properties: changes } });
      expect(changed).toMatchObject({ status: 200, body: { id: "77", properties: { hs_call_title: "Second" } } });
      const properties = { hs_call_title: "Second", hs_call_duration: "1000" };
      expect(store.get().calls[77]).toEqual({
        ...running,
        properties,
        cleared: { hs_call_body: "Notes" },
        updatedAt: now,
        by: "api",
      });
    });
  }

  test("that is not there is not found", async () => {
    const { send } = open();
    for (const [method, body] of [["GET"], ["PATCH", { properties: {} }]] as const) {
      const answer = await send(method, "/crm/v3/objects/calls/78", { body });
      expect([answer.status, answer.body]).toEqual([404, refusal("OBJECT_NOT_FOUND", /78/)]);
    }
  });

  test("has properties of text alone", async () => {
    const { send, store } = open({ apps: {}, calls: { 77: running } });
    const bodies: [raw: string, field: string][] = [
      ["{}", "properties"],
      ['{"properties":[]}', "properties"],
      ['{"properties":"x"}', "properties"],
      ['{"properties":{"hs_call_title":1}}', "properties.hs_call_title"],
      ['{"properties":{"hs_call_title":null}}', "properties.hs_call_title"],
      ['{"properties":{"__proto__":"x"}}', "properties.__proto__"],
      ['{"properties":{"constructor":"x"}}', "properties.constructor"],
      ['{"properties":{"Title":"x"}}', "properties.Title"],
      ['{"properties":{},"id":"77"}', "id"],
    ];
    for (const [raw, field] of bodies) {
      const { status, body } = await send("PATCH", "/crm/v3/objects/calls/77", { raw });
      expect([status, body.errors[0].in], raw).toEqual([400, field]);
    }
    expect(store.get().calls).toEqual({ 77: running });
  });

  for (const [version, base] of Object.entries(versions)) {
    test(`${version}: has its recording marked as ready`, async () => {
      const { send, store } = open({ apps: {}, calls: { 77: running } });
      expect((await send("POST", `${base}/recordings/ready`, { body: { engagementId: 77 } })).status).toBe(204);
      expect(store.get().calls[77]).toEqual({ ...running, recordingReady: true, updatedAt: now, by: "api" });
      expect((await send("POST", `${base}/recordings/ready`, { body: { engagementId: 78 } })).status).toBe(404);
      for (const engagementId of ["77", 0, 1.5, null, 2 ** 53]) {
        expect((await send("POST", `${base}/recordings/ready`, { body: { engagementId } })).status).toBe(400);
      }
    });
  }
});

test.describe("an inbound call", () => {
  const inbound = {
    createEngagement: true,
    engagementProperties: { hs_call_title: "Missed" },
    externalCallId: "call-9",
    finalCallStatus: "MISSED",
    fromNumber: { e164Number: "+12025550100", phoneNumberType: "MOBILE" },
    toNumber: { e164Number: "+12025550199", phoneNumberType: "VOIP", extension: "7" },
    potentialRecipientUserIds: [1, 2],
    callStartedTimestamp: "2026-03-31T11:59:00Z",
    durationSeconds: 30,
    userId: 9,
  };

  for (const [version, base] of Object.entries(versions)) {
    test(`${version}: is matched, and becomes an engagement where that is asked for`, async () => {
      const { send, store } = open();
      const path = `${base}/inbound-call`;
      const unasked = await send("POST", path, { body: { ...inbound, createEngagement: false } });
      expect([unasked.status, unasked.body]).toEqual([200, { callerIdMatches: [match] }]);
      expect(store.get().calls).toEqual({});

      for (const _ of [1, 2]) expect(await send("POST", path, { body: inbound })).toMatchObject({ status: 200 });
      const calls = Object.values(store.get().calls);
      expect(calls.map(({ engagementId }) => engagementId)).toEqual([now, now + 1]);
      expect(calls[0]).toEqual({
        engagementId: now,
        externalCallId: "call-9",
        direction: "INBOUND",
        state: "completed",
        properties: {
          hs_timestamp: "2026-03-31T11:59:00Z",
          hs_call_direction: "INBOUND",
          hs_call_external_id: "call-9",
          hs_call_from_number: "+12025550100",
          hs_call_to_number: "+12025550199",
          hs_call_status: "MISSED",
          hs_call_duration: "30000",
          hs_call_title: "Missed",
        },
        createdAt: now,
        by: "api",
      });
    });
  }

  test("of a number that nobody has matches nothing", async () => {
    const { send } = open();
    const { callStartedTimestamp: _, durationSeconds: __, userId: ___, ...required } = inbound;
    const fromNumber = { ...inbound.fromNumber, e164Number: "+12025550101" };
    const { body } = await send("POST", `${versions.v3}/inbound-call`, { body: { ...required, fromNumber } });
    expect(body).toEqual({ callerIdMatches: [] });
  });

  const faults: [field: string, value: unknown, named?: string][] = [
    ["createEngagement", "true"],
    ["engagementProperties", { hs_call_title: 1 }, "engagementProperties.hs_call_title"],
    ["engagementProperties", []],
    ["externalCallId", 9],
    ["finalCallStatus", "DONE"],
    ["fromNumber", "+12025550100"],
    ["fromNumber", { e164PhoneNumber: "+12025550100", phoneNumberType: "MOBILE" }, "fromNumber.e164Number"],
    ["fromNumber", { e164Number: "2025550100", phoneNumberType: "MOBILE" }, "fromNumber.e164Number"],
    ["toNumber", { e164Number: "+12025550100" }, "toNumber.phoneNumberType"],
    ["toNumber", { e164Number: "+12025550100", phoneNumberType: "MOBILE", extension: 1 }, "toNumber.extension"],
    ["potentialRecipientUserIds", 1],
    ["potentialRecipientUserIds", [1, "2"], "potentialRecipientUserIds.1"],
    ["callStartedTimestamp", "2024-04-30 12:01"],
    ["callStartedTimestamp", 1700000300000],
    ["durationSeconds", -1],
    ["durationSeconds", 2 ** 31],
    ["userId", "9"],
    ["other", 1],
  ];
  for (const [field, value, named = field] of faults) {
    test(`with ${field} as ${JSON.stringify(value)} is refused`, async () => {
      const { send, store } = open();
      const { status, body } = await send("POST", `${versions.v3}/inbound-call`, {
        body: { ...inbound, [field]: value },
      });
      expect([status, body.errors[0].in]).toEqual([400, named]);
      expect(store.get().calls).toEqual({});
    });
  }
});
