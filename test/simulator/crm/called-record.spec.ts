// The record whose timeline shows a call: the dialed record or, without DIAL_NUMBER, the record with the phone number.
import { expect, test } from "@playwright/test";
import type { PhoneNumber } from "../../../src/simulator/crm/crm-records.ts";
import { dialNumber } from "../../../src/simulator/crm/crm-records.ts";
import { sampleRecords } from "../../../src/simulator/crm/sample-records.ts";
import { call } from "../../support/rule-steps.ts";
import { openStorage, openTab, openTimeline } from "../../support/tabs.ts";

const session = { portalId: 62515, ownerId: 42 };
const withId = (id: number) => sampleRecords.find(({ objectId }) => objectId === id);

function open() {
  const timeline = openTimeline();
  const tab = openTab(timeline, openStorage());
  tab.app("INITIALIZED", { isLoggedIn: true });
  return {
    ...tab,
    /** Dials the record's first number, or another number, from the page of the record `pageId`. */
    dial(recordId: number, pageId: number = recordId, number?: string) {
      const record = withId(recordId);
      const [first] = record?.numbers ?? [];
      const phone: PhoneNumber | undefined = number ? { number, property: "phone" } : first;
      if (!record || !phone) throw new Error(`record ${recordId} cannot be dialed`);
      const data = dialNumber({ record, phone, page: withId(pageId) }, session);
      tab.engine.hubspotSent({ at: 0, from: "hubspot", type: "DIAL_NUMBER", data });
    },
    records: () => timeline.all().map(({ record }) => record?.objectId),
  };
}
const outgoing = (toNumber: unknown, externalCallId = "a") => call(externalCallId, { toNumber });

test("is the dialed record, even if the app sends the number in another format, a SIP address or no number", () => {
  for (const toNumber of ["+493012345", "(030) 123 45", "03012345", "+4903012345", "sip:zuse@example.com", undefined]) {
    const { app, dial, records } = open();
    dial(53);
    app("OUTGOING_CALL_STARTED", outgoing(toNumber));
    expect(records(), `${toNumber}`).toEqual([53]);
  }
});

test("is the dialed record, not the record whose page is open", () => {
  for (const page of [101, 201, 301, 0]) {
    const { app, dial, records } = open();
    dial(51, page);
    app("OUTGOING_CALL_STARTED", outgoing("+18005550151"));
    expect(records(), `${page}`).toEqual([51]);
  }
});

test("is the dialed record if two records share the number", () => {
  const { app, dial, records } = open();
  for (const id of [56, 55]) {
    dial(id);
    app("OUTGOING_CALL_STARTED", outgoing("+18005550155", `${id}`));
  }
  expect(records()).toEqual([56, 55]);
});

test("is the dialed record even if the number belongs to another record", () => {
  const { app, dial, records } = open();
  dial(51, 51, "+442079460301");
  app("OUTGOING_CALL_STARTED", outgoing("+442079460301"));
  expect(records()).toEqual([51]);
});

test("is looked up by number if the app calls another record's number, or starts a further call without another DIAL_NUMBER", () => {
  const { app, dial, records } = open();
  dial(51);
  app("OUTGOING_CALL_STARTED", outgoing("+442079460301", "a"));
  app("OUTGOING_CALL_STARTED", outgoing("+18005550199", "b"));
  app("OUTGOING_CALL_STARTED", outgoing("+442079460201", "c"));
  expect(records(), "DIAL_NUMBER applies to only one call").toEqual([52, undefined, 7001]);
});

test("is the same for a call that starts twice", () => {
  const { app, dial, records } = open();
  dial(53);
  app("OUTGOING_CALL_STARTED", outgoing("unknown"));
  app("OUTGOING_CALL_STARTED", outgoing("unknown"));
  expect(records()).toEqual([53, 53]);
});

test("is the first record with the caller's number, or the open record if it has that number", () => {
  const { app, crm, records } = open();
  const ring = (externalCallId: string, fromNumber: string) =>
    app("INCOMING_CALL", call(externalCallId, { fromNumber }));
  ring("a", "+1 800 555 0155");
  crm.openRecord = withId(56);
  ring("b", "+18005550155");
  ring("c", "03012345");
  ring("d", "+18005550199");
  expect(records()).toEqual([55, 56, 53, undefined]);
});

test("is found by number if DIAL_NUMBER does not name a record in the CRM", () => {
  const dials = [
    null,
    {},
    { calleeInfo: [{ calleeID: 51 }] },
    { calleeInfo: { calleeId: 9, calleeObjectTypeId: "0-1" } },
  ];
  for (const data of dials) {
    const { app, engine, records } = open();
    engine.hubspotSent({ at: 0, from: "hubspot", type: "DIAL_NUMBER", data });
    app("OUTGOING_CALL_STARTED", outgoing("+18005550151"));
    expect(records(), JSON.stringify(data)).toEqual([51]);
  }
});
