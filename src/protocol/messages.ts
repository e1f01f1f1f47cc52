// The messages between a calling app and HubSpot: wire type, SDK name, payload and source.
// The calling app uses the schemas' types; the simulator validates payloads with the schemas.
import * as v from "valibot";
import { callEndStatuses } from "./call-end-status.ts";
import type { Sure } from "./sure.ts";

const is = <S extends v.GenericSchema>(schema: S, meaning: string) => v.pipe(schema, v.description(meaning));
const optional = v.exactOptional;
const integer = v.pipe(v.number(), v.integer());
const pixels = v.pipe(v.number(), v.minValue(0));
const nothing = v.optional(v.unknown());

const externalCallId = is(
  v.string(),
  "the app's id for the call; required by the SDK's types (parts of HubSpot's documentation spell it externalCallID)",
);
const engagementIdMeaning = "HubSpot's id for the call, from CREATE_ENGAGEMENT_SUCCEEDED (onCreateEngagementSucceeded)";
const engagementId = is(integer, engagementIdMeaning);
const fromNumber = is(v.string(), "the caller's number, in E.164");
const toNumber = is(v.string(), "the called number, in E.164");
const createEngagement = is(v.boolean(), "true requests an engagement: an entry for the call on the record's timeline");
const callStartTime = is(v.number(), "when the call started: a Unix time in milliseconds");
const portalId = is(integer, "the id of the HubSpot account");
const userId = is(integer, "the id of the HubSpot user");
const ownerId = is(v.union([v.string(), v.number()]), "the user's id as a record owner; a number or a string");
const sizeInfo = is(v.object({ width: pixels, height: pixels }), "the initial size of the widget, in pixels");
const error = is(v.object({ message: v.string() }), "the reason for the failure, as text");
const objectCoordinates = is(
  v.object({
    portalId,
    objectId: is(integer, "the id of the record"),
    objectTypeId: is(
      v.string(),
      "the record type: 0-1 for contacts, 0-2 for companies; every custom object has its own type",
    ),
  }),
  "the account, type and id of a record",
);

export const callEndStatus = v.picklist(callEndStatuses);

/** A call's properties in the CRM. Values are strings; only hs_timestamp may be a number. Other names are allowed. */
export const engagementProperties = v.objectWithRest(
  {
    hs_timestamp: optional(is(v.union([v.string(), v.number()]), "the start of the call; required by the SDK's types")),
    hs_call_title: optional(v.string()),
    hs_call_body: optional(is(v.string(), "the user's notes")),
    hs_call_direction: optional(is(v.picklist(["INBOUND", "OUTBOUND"]), "from the HubSpot user's point of view")),
    hs_call_duration: optional(is(v.string(), "the duration in milliseconds")),
    hs_call_from_number: optional(v.string()),
    hs_call_to_number: optional(v.string()),
    hs_call_status: optional(v.string()),
    hs_call_recording_url: optional(is(v.pipe(v.string(), v.startsWith("https://")), "an https URL")),
    hs_call_source: optional(is(v.literal("INTEGRATIONS_PLATFORM"), "required for recording and transcription")),
  },
  v.string(),
);

const callerIdMatch = v.object({
  callerIdType: v.picklist(["CONTACT", "COMPANY"]),
  objectCoordinates,
  firstName: optional(is(v.string(), "only for contacts")),
  lastName: optional(is(v.string(), "only for contacts")),
  email: optional(is(v.string(), "only for contacts")),
  name: optional(is(v.string(), "only for companies")),
});

const call = v.object({ externalCallId });
const engagement = v.object({ engagementId });
const failure = v.object({ error });
const engagementOfCall = v.object({ engagementId, externalCallId });

const callingPage = "HubSpot's documentation (calling SDK page)";
const inboundPage = "HubSpot's documentation (receive calls page)";
const sdkTypes = "types of SDK 0.9.7";
const sdkSource = "source code of SDK 0.9.7";

const message = <S extends v.GenericSchema>(
  method: string,
  sure: Sure,
  source: string,
  data: S,
  answers: Answer[] = [],
) => {
  return { method, sure, source, data, answers };
};
type Answer = keyof typeof inbound;

/**
 * Messages from the app, by wire type: the SDK method that sends the message, the payload in `data`, and the events that
 * HubSpot can reply with. An event whose name ends in _FAILED reports a failure.
 */
export const outbound = {
  INITIALIZED: message(
    "initialized",
    "documented",
    `${inboundPage}; isAvailable and sizeInfo are missing from the ${sdkTypes}`,
    v.object({
      isLoggedIn: optional(is(v.boolean(), "if not true, HubSpot shows an alert instead of dialing")),
      isAvailable: optional(is(v.boolean(), "whether the user is available for inbound calls")),
      engagementId: optional(is(integer, "the id of the call in progress, from READY (onReady)")),
      sizeInfo: optional(sizeInfo),
    }),
  ),
  LOGGED_IN: message("userLoggedIn", "documented", callingPage, nothing),
  LOGGED_OUT: message("userLoggedOut", "documented", callingPage, nothing),
  USER_AVAILABLE: message("userAvailable", "documented", inboundPage, nothing),
  USER_UNAVAILABLE: message("userUnavailable", "documented", inboundPage, nothing),
  INCOMING_CALL: message(
    "incomingCall",
    "documented",
    inboundPage,
    v.object({
      externalCallId,
      fromNumber,
      toNumber,
      createEngagement: optional(createEngagement),
      callStartTime: optional(callStartTime),
    }),
    ["CALLER_ID_MATCH_SUCCEEDED", "CALLER_ID_MATCH_FAILED", "CREATE_ENGAGEMENT_SUCCEEDED", "CREATE_ENGAGEMENT_FAILED"],
  ),
  OUTGOING_CALL_STARTED: message(
    "outgoingCall",
    "documented",
    `${callingPage}; that page requires fromNumber, but the ${sdkTypes} do not; toNumber replaces the deprecated phoneNumber`,
    v.object({
      externalCallId,
      toNumber,
      fromNumber: optional(fromNumber),
      createEngagement: optional(createEngagement),
      callStartTime: optional(callStartTime),
    }),
    ["CREATE_ENGAGEMENT_SUCCEEDED", "CREATE_ENGAGEMENT_FAILED"],
  ),
  CALL_ANSWERED: message("callAnswered", "documented", callingPage, call),
  CALL_TRANSFERRED: message("callTransferred", "sdk", sdkTypes, call),
  CALL_ENDED: message(
    "callEnded",
    "documented",
    callingPage,
    v.object({
      externalCallId,
      engagementId,
      callEndStatus: optional(is(callEndStatus, "the value of the SDK's constant, not the constant's name")),
    }),
  ),
  CALL_COMPLETED: message(
    "callCompleted",
    "documented",
    callingPage,
    v.object({
      externalCallId,
      engagementId: optional(is(v.union([integer, v.pipe(v.string(), v.digits())]), engagementIdMeaning)),
      hideWidget: optional(is(v.boolean(), "false keeps the widget open; the default is true")),
      engagementProperties: optional(is(engagementProperties, "properties that HubSpot merges into the engagement")),
    }),
    ["UPDATE_ENGAGEMENT_SUCCEEDED", "UPDATE_ENGAGEMENT_FAILED"],
  ),
  FINALIZE_ENGAGEMENT: message("finalizeEngagement", "sdk", sdkTypes, engagementOfCall, [
    "FINALIZE_ENGAGEMENT_SUCCEEDED",
    "FINALIZE_ENGAGEMENT_FAILED",
  ]),
  PUBLISH_TO_CHANNEL: message(
    "publishToChannel",
    "documented",
    `${callingPage}; finalizeEngagement replaces this deprecated method`,
    engagementOfCall,
    ["PUBLISH_TO_CHANNEL_SUCCEEDED", "PUBLISH_TO_CHANNEL_FAILED"],
  ),
  NAVIGATE_TO_RECORD: message(
    "navigateToRecord",
    "documented",
    inboundPage,
    v.object({
      objectCoordinates,
      engagementId: optional(engagementId),
      openIn: optional(is(v.picklist(["CURRENT_TAB", "NEW_TAB"]), "found only in the SDK's types")),
    }),
    ["READY", "NAVIGATE_TO_RECORD_FAILED"],
  ),
  RESIZE_WIDGET: message("resizeWidget", "documented", callingPage, v.object({ width: pixels, height: pixels })),
  SET_WIDGET_URL: message(
    "setWidgetUrl",
    "sdk",
    `${sdkTypes}; our choice: after a success, the simulator loads the URL and sends a new SYNC`,
    v.object({ iFrameUrl: is(v.pipe(v.string(), v.url()), "the page that the iframe loads next") }),
    ["READY", "SET_WIDGET_URL_FAILED"],
  ),
  ERROR: message(
    "sendError",
    "documented",
    `${callingPage}; for an unknown event, the SDK sends a type field and a data field instead of a message field`,
    v.union([
      v.object({ message: is(v.string(), "the text that HubSpot shows in an alert") }),
      v.object({ type: v.literal("UNKNOWN_MESSAGE_TYPE"), data: v.unknown() }),
    ]),
  ),
  CALL_DATA: message("callData", "sdk", `${sdkTypes}, which allow any payload`, nothing),
};

/** The payload of READY. On the wire, these fields are at the top level of SYNC, not in `data`. */
const session = v.object({
  portalId: optional(portalId),
  userId: optional(userId),
  ownerId: optional(ownerId),
  engagementId: optional(is(integer, "the id of the call in progress")),
  iframeLocation: optional(is(v.picklist(["widget", "remote", "window"]), "where HubSpot loaded the app")),
  usesCallingWindow: optional(
    is(v.boolean(), "true: the calling window sends the messages; false: the remote sends them"),
  ),
  hostUrl: optional(is(v.string(), "the origin of HubSpot's page")),
});

const event = <S extends v.GenericSchema>(handler: string, sure: Sure, source: string, data: S) => {
  return { handler, sure, source, data };
};
const published = "payload of the PUBLISH_TO_CHANNEL_… events, because finalizeEngagement replaces publishToChannel";
const unknownPayload = `${sdkSource} contains the handler's name; no source describes the payload`;

/** Events from HubSpot, by wire type: the handler that the SDK calls, and the payload in `data`. */
export const inbound = {
  READY: event("onReady", "documented", `${inboundPage}; ${sdkSource}`, session),
  DIAL_NUMBER: event(
    "onDialNumber",
    "documented",
    `${callingPage}; that page describes calleeInfo as an array with calleeID, but HubSpot sends an object with calleeId; phone_number, threadId, calls outside a record and the meaning of objectId are known only from messages in public reports`,
    v.object({
      phoneNumber: is(v.string(), "the number to call"),
      phone_number: optional(is(v.string(), "not documented: the same as phoneNumber, which apps should use")),
      ownerId: optional(ownerId),
      subjectId: is(integer, "the record whose page is open, as in objectId"),
      objectId: is(
        integer,
        "the record whose page is open, which need not be the called record; 0 outside any record, for example in the help desk",
      ),
      objectType: optional(
        is(
          v.string(),
          "the type of the open record: CONTACT or COMPANY (the simulator also sends DEAL and TICKET); missing outside any record, and sometimes for custom objects",
        ),
      ),
      portalId,
      countryCode: is(v.string(), "the number's two-letter country code"),
      calleeInfo: is(
        v.object({ calleeId: integer, calleeObjectTypeId: v.string() }),
        "the id and type of the called record",
      ),
      startTimestamp: is(v.number(), "a Unix time in milliseconds"),
      toPhoneNumberSrc: is(v.string(), "the property that contains the number, for example phone or mobilephone"),
      threadId: optional(is(integer, "not documented: 0 if the call starts outside any record")),
    }),
  ),
  CREATE_ENGAGEMENT_SUCCEEDED: event("onCreateEngagementSucceeded", "documented", callingPage, engagement),
  CREATE_ENGAGEMENT_FAILED: event("onCreateEngagementFailed", "documented", callingPage, failure),
  ENGAGEMENT_CREATED: event(
    "onEngagementCreated",
    "documented",
    `${callingPage}; onCreateEngagementSucceeded replaces this deprecated event`,
    engagement,
  ),
  UPDATE_ENGAGEMENT_SUCCEEDED: event("onUpdateEngagementSucceeded", "documented", callingPage, engagement),
  UPDATE_ENGAGEMENT_FAILED: event("onUpdateEngagementFailed", "documented", callingPage, failure),
  CALLER_ID_MATCH_SUCCEEDED: event(
    "onCallerIdMatchSucceeded",
    "documented",
    `${inboundPage}; an empty list means that no record has the number`,
    v.object({ callerIdMatches: v.array(callerIdMatch) }),
  ),
  CALLER_ID_MATCH_FAILED: event("onCallerIdMatchFailed", "documented", inboundPage, failure),
  NAVIGATE_TO_RECORD_FAILED: event(
    "onNavigateToRecordFailed",
    "documented",
    inboundPage,
    v.object({ engagementId: optional(engagementId), objectCoordinates }),
  ),
  PUBLISH_TO_CHANNEL_SUCCEEDED: event("onPublishToChannelSucceeded", "documented", callingPage, engagementOfCall),
  PUBLISH_TO_CHANNEL_FAILED: event("onPublishToChannelFailed", "documented", callingPage, engagementOfCall),
  FINALIZE_ENGAGEMENT_SUCCEEDED: event("onFinalizeEngagementSucceeded", "inferred", published, engagementOfCall),
  FINALIZE_ENGAGEMENT_FAILED: event("onFinalizeEngagementFailed", "inferred", published, engagementOfCall),
  INITIATE_CALL_ID_SUCCEEDED: event("onInitiateCallIdSucceeded", "chosen", unknownPayload, nothing),
  INITIATE_CALL_ID_FAILED: event("onInitiateCallIdFailed", "chosen", unknownPayload, nothing),
  SET_CALL_STATE: event("onSetCallState", "chosen", unknownPayload, nothing),
  END_CALL: event(
    "onEndCall",
    "inferred",
    "HubSpot's demo app hangs up when it receives this event; the payload is not documented. If several calls are in progress, the simulator adds the call's ids (our choice)",
    nothing,
  ),
  VISIBILITY_CHANGED: event(
    "onVisibilityChanged",
    "documented",
    callingPage,
    v.object({ isMinimized: v.boolean(), isHidden: v.boolean() }),
  ),
  SET_WIDGET_URL_FAILED: event("onSetWidgetUrlFailed", "inferred", "payload of similar _FAILED events", failure),
  FAILED: event(
    "onFailed",
    "sdk",
    `${sdkSource}; the SDK calls onFailed only for the type FAILED, never for types that end in _FAILED`,
    nothing,
  ),
};
