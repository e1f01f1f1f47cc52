// Events for the “Send an event” tab and the check: an example of each event, and payloads that an app must survive.
import type { inbound } from "../../protocol/messages.ts";
import type { Sure } from "../../protocol/sure.ts";

type Example = { type: string; data?: unknown };

const objectCoordinates = { portalId: 62515, objectId: 51, objectTypeId: "0-1" };
const ids = { engagementId: 4711, externalCallId: "the-id-of-the-call" };
const failure = (message: string) => ({ error: { message } });

/** An example payload for each event. If no source describes the payload, the example is a guess. */
export const examples: Record<keyof typeof inbound, unknown> = {
  READY: { portalId: 62515, userId: 9, ownerId: 42, iframeLocation: "widget", usesCallingWindow: true },
  DIAL_NUMBER: {
    phoneNumber: "+18005550151",
    phone_number: "+18005550151",
    ownerId: 42,
    subjectId: 51,
    objectId: 51,
    objectType: "CONTACT",
    portalId: 62515,
    countryCode: "US",
    calleeInfo: { calleeId: 51, calleeObjectTypeId: "0-1" },
    startTimestamp: 1_790_000_000_000,
    toPhoneNumberSrc: "phone",
  },
  CREATE_ENGAGEMENT_SUCCEEDED: { engagementId: 4711 },
  CREATE_ENGAGEMENT_FAILED: failure("The engagement could not be created."),
  ENGAGEMENT_CREATED: { engagementId: 4711 },
  UPDATE_ENGAGEMENT_SUCCEEDED: { engagementId: 4711 },
  UPDATE_ENGAGEMENT_FAILED: failure("The engagement could not be updated."),
  CALLER_ID_MATCH_SUCCEEDED: {
    callerIdMatches: [
      { callerIdType: "CONTACT", objectCoordinates, firstName: "Ada", lastName: "Lovelace", email: "ada@example.com" },
    ],
  },
  CALLER_ID_MATCH_FAILED: failure("The caller could not be looked up."),
  NAVIGATE_TO_RECORD_FAILED: { engagementId: 4711, objectCoordinates },
  PUBLISH_TO_CHANNEL_SUCCEEDED: ids,
  PUBLISH_TO_CHANNEL_FAILED: ids,
  FINALIZE_ENGAGEMENT_SUCCEEDED: ids,
  FINALIZE_ENGAGEMENT_FAILED: ids,
  INITIATE_CALL_ID_SUCCEEDED: { callId: "4711" },
  INITIATE_CALL_ID_FAILED: failure("The id could not be created."),
  SET_CALL_STATE: { callState: "IN_PROGRESS" },
  END_CALL: undefined,
  VISIBILITY_CHANGED: { isMinimized: true, isHidden: false },
  SET_WIDGET_URL_FAILED: failure("The URL could not be loaded."),
  FAILED: failure("Something failed."),
};

/**
 * A payload that an app must survive. `sure` and `source` show whether HubSpot is known to send the payload. If `sure` is
 * "chosen", no source shows the payload. An app that breaks on such a payload is fragile, but is not known to lose calls.
 */
export type KnownBad = Example & { sure: Sure; source: string };

const dumps = "messages from HubSpot in issues 207, 216, 228 and 232 of the SDK's repository";
const callingPage = "HubSpot's documentation (calling SDK page)";

export const knownBad: Record<string, KnownBad> = {
  "an unknown event": {
    type: "SOMETHING_NEW",
    data: { any: "thing" },
    sure: "sdk",
    source:
      "source code of the SDK: newer versions know more events, so HubSpot can send an event that an app's SDK does not know",
  },
  "DIAL_NUMBER without a payload": {
    type: "DIAL_NUMBER",
    data: null,
    sure: "chosen",
    source: "our choice: no source shows a DIAL_NUMBER without a payload",
  },
  "DIAL_NUMBER outside any record": {
    type: "DIAL_NUMBER",
    data: {
      phoneNumber: "+18005550151",
      objectId: 0,
      subjectId: 0,
      threadId: 0,
      calleeInfo: { calleeId: 51, calleeObjectTypeId: "0-1" },
    },
    sure: "inferred",
    source: dumps,
  },
  "DIAL_NUMBER from another record's page": {
    type: "DIAL_NUMBER",
    data: {
      phoneNumber: "+18005550151",
      objectId: 101,
      subjectId: 101,
      objectType: "COMPANY",
      calleeInfo: { calleeId: 51, calleeObjectTypeId: "0-1" },
    },
    sure: "inferred",
    source: dumps,
  },
  "DIAL_NUMBER with calleeID in an array": {
    type: "DIAL_NUMBER",
    data: { phoneNumber: "+18005550151", calleeInfo: [{ calleeID: 51, calleeObjectTypeId: "0-1" }] },
    sure: "documented",
    source: `${callingPage}: it describes calleeInfo as an array with calleeID`,
  },
  "DIAL_NUMBER with a number that is not E.164": {
    type: "DIAL_NUMBER",
    data: { phoneNumber: "(030) 123 45" },
    sure: "inferred",
    source: "issue reports for a widely used integration: some phone numbers lack country codes or contain extensions",
  },
  "a caller without a record": {
    type: "CALLER_ID_MATCH_SUCCEEDED",
    data: { callerIdMatches: [] },
    sure: "inferred",
    source: "both of HubSpot's demo apps handle an empty list",
  },
  "a caller with two records": {
    type: "CALLER_ID_MATCH_SUCCEEDED",
    data: {
      callerIdMatches: [
        { callerIdType: "CONTACT", objectCoordinates, firstName: "Ada", lastName: "Lovelace" },
        { callerIdType: "COMPANY", objectCoordinates: { ...objectCoordinates, objectId: 101 }, name: "Engines" },
      ],
    },
    sure: "documented",
    source: "HubSpot's documentation (receive calls page): callerIdMatches is a list",
  },
  "a failure without an error": {
    type: "CREATE_ENGAGEMENT_FAILED",
    data: {},
    sure: "chosen",
    source: "our choice: HubSpot's documentation shows this event only with an error",
  },
  "engagementId as text": {
    type: "CREATE_ENGAGEMENT_SUCCEEDED",
    data: { engagementId: "4711" },
    sure: "chosen",
    source: "our choice: the SDK's types allow a string as engagementId only in callCompleted",
  },
  "markup in a name": {
    type: "CALLER_ID_MATCH_SUCCEEDED",
    data: { callerIdMatches: [{ callerIdType: "COMPANY", objectCoordinates, name: "<img src=x onerror=alert(1)>" }] },
    sure: "inferred",
    source: "a record's name can be any text that a user or a website visitor enters",
  },
};
