import { expect, test } from "@playwright/test";
import { sampleRecords as records } from "../../../src/simulator/crm/sample-records.ts";
import {
  errorResponse,
  inbound,
  match,
  now,
  objects,
  open,
  running,
  stamped,
  versions,
} from "../../support/open-api.ts";

test.describe("a call", () => {
  for (const base of Object.values(objects)) {
    test(`under ${base} can be read and updated`, async () => {
      const path = `${base}/77`;
      const { send, store } = open({ apps: {}, calls: { 77: running } });
      const own = { hs_createdate: stamped.createdAt, hs_lastmodifieddate: stamped.updatedAt, hs_object_id: "77" };
      expect(await send("GET", path)).toMatchObject({
        status: 200,
        body: { id: "77", properties: own, ...stamped, archived: false },
      });
      const requested = await send("GET", `${path}?properties=hs_call_title,toString&properties=hs_call_body`);
      expect(requested.body.properties).toEqual({ ...own, hs_call_title: "First", hs_call_body: "Notes" });

      const changes = { hs_call_title: "Second", hs_call_body: "", hs_call_duration: "1000" };
      const changed = await send("PATCH", path, { body: { properties: changes } });
      expect(changed).toMatchObject({ status: 200, body: { id: "77", properties: { hs_call_title: "Second" } } });
      const properties = { hs_call_title: "Second", hs_call_duration: "1000" };
      expect(store.get().calls[77]).toEqual({
        ...running,
        properties,
        cleared: { hs_call_body: "Notes" },
        patchedAt: { hs_call_title: now, hs_call_body: now, hs_call_duration: now },
        updatedAt: now,
        by: "api",
      });

      // Properties that were cleared earlier stay cleared.
      await send("PATCH", path, { body: { properties: { hs_call_title: "" } } });
      expect(store.get().calls[77]?.cleared).toEqual({ hs_call_body: "Notes", hs_call_title: "Second" });
    });
  }

  test("cannot be read or updated if it does not exist", async () => {
    const { send } = open();
    for (const [method, body] of [["GET"], ["PATCH", { properties: {} }]] as const) {
      const answer = await send(method, "/crm/v3/objects/calls/78", { body });
      expect([answer.status, answer.body]).toEqual([404, errorResponse("OBJECT_NOT_FOUND", /78/)]);
    }
  });

  test("is not changed by a request with invalid properties or unknown fields", async () => {
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
    test(`can have its recording marked as ready in API version ${version}`, async () => {
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

test.describe("a call created through the REST API", () => {
  const properties = { hs_timestamp: "2026-03-31T11:59:00Z", hs_call_title: "Redirected", hs_call_body: "" };
  const to = (id: unknown, associationTypeId: unknown = 194) => ({
    to: { id },
    types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId }],
  });

  for (const [version, path] of Object.entries(objects)) {
    test(`is stored with its record, and can be updated, in API version ${version}`, async () => {
      const { send, store } = open({ apps: {}, calls: { 77: running } });
      const created = await send("POST", path, { body: { properties, associations: [to(51)] } });
      const own = { hs_createdate: stamped.createdAt, hs_lastmodifieddate: stamped.updatedAt, hs_object_id: `${now}` };
      const { hs_call_body: _, ...stored } = properties;
      expect([created.status, created.body]).toEqual([
        201,
        { id: `${now}`, properties: { ...stored, ...own }, ...stamped, archived: false },
      ]);
      expect(store.get().calls[now]).toEqual({
        engagementId: now,
        externalCallId: "",
        direction: "OUTBOUND",
        state: "completed",
        properties: stored,
        createdAt: now,
        by: "api",
        record: { objectTypeId: "0-1", objectId: 51 },
      });
      expect(store.get().calls[77]).toEqual(running);
      expect((await send("POST", path, { body: { properties } })).body.id).toBe(`${now + 1}`);
      expect(store.get().calls[now + 1]?.record).toBeUndefined();
      const update = { properties: { hs_call_title: "Second" } };
      expect(await send("PATCH", `${path}/${now}`, { body: update })).toMatchObject({ status: 200, body: update });
    });
  }

  test("belongs to the record in its first association, which can be a contact, a company or a ticket, and can have string and numeric ids in its associations", async () => {
    const { send, store } = open();
    const types = { "0-1": 194, "0-2": 182, "0-5": 220 };
    for (const [index, [objectTypeId, type]] of Object.entries(types).entries()) {
      const objectId = records.find((record) => record.objectTypeId === objectTypeId)?.objectId;
      const associations = [to(`${objectId}`, type), to(objectId, type), to(52)];
      expect((await send("POST", objects.v3, { body: { properties, associations } })).status).toBe(201);
      expect(store.get().calls[now + index]?.record).toEqual({ objectTypeId, objectId });
    }
  });

  test("derives its direction, state and external id from its properties", async () => {
    const { send, store } = open();
    const cases: [requested: Record<string, string>, stored: Record<string, unknown>][] = [
      [
        { hs_call_direction: "INBOUND", hs_call_external_id: "call-9" },
        { direction: "INBOUND", externalCallId: "call-9" },
      ],
      [{ hs_call_direction: "OUTBOUND" }, { direction: "OUTBOUND" }],
      [{ hs_call_status: "RINGING" }, { state: "created" }],
      [{ hs_call_status: "IN_PROGRESS" }, { state: "answered" }],
      [{ hs_call_status: "MISSED" }, { state: "completed" }],
      [{ hs_call_status: "toString" }, { state: "completed" }],
      [{ hs_timestamp: "1774958400000" }, { properties: { hs_timestamp: "1774958400000" } }],
    ];
    for (const [requested, stored] of cases) {
      const { status, body } = await send("POST", objects.v3, {
        body: { properties: { hs_timestamp: "0", ...requested }, associations: [] },
      });
      expect(status).toBe(201);
      expect(store.get().calls[body.id], JSON.stringify(requested)).toMatchObject(stored);
    }
  });

  const faults: [what: string, body: object, field: string][] = [
    ["no hs_timestamp", { properties: { hs_call_title: "x" } }, "properties.hs_timestamp"],
    ["an empty hs_timestamp", { properties: { hs_timestamp: "" } }, "properties.hs_timestamp"],
    ["an invalid hs_timestamp", { properties: { hs_timestamp: "yesterday" } }, "properties.hs_timestamp"],
    [
      "an invalid direction",
      { properties: { ...properties, hs_call_direction: "IN" } },
      "properties.hs_call_direction",
    ],
    [
      "a property that is not a string",
      { properties: { ...properties, hs_call_title: 1 } },
      "properties.hs_call_title",
    ],
    ["associations that are not a list", { properties, associations: {} }, "associations"],
    [
      "an unsupported association type",
      { properties, associations: [to(51), to(51, 206)] },
      "associations.1.types.0.associationTypeId",
    ],
    [
      "an association type that is a string",
      { properties, associations: [to(51, "194")] },
      "associations.0.types.0.associationTypeId",
    ],
    [
      "an association without types",
      { properties, associations: [{ to: { id: 51 }, types: [] }] },
      "associations.0.types",
    ],
    ["an association without an id", { properties, associations: [{ ...to(51), to: {} }] }, "associations.0.to.id"],
    ["an association with an invalid id", { properties, associations: [to("x")] }, "associations.0.to.id"],
    ["an association with an unknown contact", { properties, associations: [to(51), to(101)] }, "associations.1.to.id"],
    ["an unknown field", { properties, id: 1 }, "id"],
  ];
  for (const [what, body, field] of faults) {
    test(`with ${what} is rejected, and the error names the field`, async () => {
      const { send, store } = open();
      const { status, body: errorResponse } = await send("POST", objects.v3, { body });
      expect([status, errorResponse.errors]).toEqual([400, [{ message: expect.any(String), in: field }]]);
      expect(store.get().calls).toEqual({});
    });
  }

  test("with an unsupported association category is rejected, and the error names the field", async () => {
    const { send } = open();
    const types = [{ associationCategory: "USER_DEFINED", associationTypeId: 194 }];
    const { status, body } = await send("POST", objects.v3, {
      body: { properties, associations: [{ to: { id: 51 }, types }] },
    });
    expect([status, body.errors[0].in]).toEqual([400, "associations.0.types.0.associationCategory"]);
  });
});

test.describe("the inbound-call endpoint", () => {
  for (const [version, base] of Object.entries(versions)) {
    test(`of API version ${version} returns the matching records, and creates an engagement if requested`, async () => {
      const { send, store } = open();
      const path = `${base}/inbound-call`;
      const withoutEngagement = await send("POST", path, { body: { ...inbound, createEngagement: false } });
      expect([withoutEngagement.status, withoutEngagement.body]).toEqual([200, { callerIdMatches: [match] }]);
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

  test("returns no matches if no record has the number", async () => {
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
    ["callStartedTimestamp", "2026-02-30T12:00:00Z"],
    ["callStartedTimestamp", 1700000300000],
    ["durationSeconds", -1],
    ["durationSeconds", 2 ** 31],
    ["userId", "9"],
    ["unknownField", 1],
  ];
  for (const [field, value, named = field] of faults) {
    test(`rejects ${JSON.stringify(value)} as the value of ${field}`, async () => {
      const { send, store } = open();
      const { status, body } = await send("POST", `${versions.v3}/inbound-call`, {
        body: { ...inbound, [field]: value },
      });
      expect([status, body.errors[0].in]).toEqual([400, named]);
      expect(store.get().calls).toEqual({});
    });
  }
});
