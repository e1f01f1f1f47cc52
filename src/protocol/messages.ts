// Every message between a calling app and HubSpot: its wire type, its payload, how sure we are of it, and by what source.
// One definition serves twice: the app compiles against the types, the simulator runs the checks.
import * as v from "valibot";
import { callEndStatuses } from "./call-end-status.ts";

/**
 * How sure a message's payload is.
 * documented: on the vendor's pages. sdk: only in the SDK's types or code.
 * inferred: from the vendor's demos or a message like it. chosen: nothing says; this is our choice.
 */
export type Sure = "documented" | "sdk" | "inferred" | "chosen";

const is = <S extends v.GenericSchema>(schema: S, meaning: string) => v.pipe(schema, v.description(meaning));
const optional = v.exactOptional;
const integer = v.pipe(v.number(), v.integer());
const pixels = v.pipe(v.number(), v.minValue(0));
const nothing = v.optional(v.unknown());

const externalCallId = is(
  v.string(),
  "the app's own id for the call; the SDK requires it, some of the vendor's pages write externalCallID",
);
const engagementId = is(integer, "HubSpot's id for the call, from CREATE_ENGAGEMENT_SUCCEEDED");
const fromNumber = is(v.string(), "the number that calls, E.164");
const toNumber = is(v.string(), "the number that is called, E.164");
const createEngagement = is(v.boolean(), "true asks HubSpot to create the call on the record's timeline");
const callStartTime = is(v.number(), "milliseconds since 1970");
const portalId = is(integer, "the HubSpot account");
const userId = is(integer, "the HubSpot user");
const ownerId = is(
  v.union([v.string(), v.number()]),
  "the user as an owner of records; number or string, both are seen",
);
const sizeInfo = is(v.object({ width: pixels, height: pixels }), "the widget's first size, pixels");
const error = is(v.object({ message: v.string() }), "what went wrong, in words");
const objectCoordinates = is(
  v.object({
    portalId,
    objectId: is(integer, "the record"),
    objectTypeId: is(v.string(), "0-1 a contact, 0-2 a company; custom objects have their own"),
  }),
  "where a record is",
);

export const callEndStatus = v.picklist(callEndStatuses);

/** Properties of a call in the CRM. Every value is a string, hs_timestamp may be a number; other hs_* names may be added. */
export const engagementProperties = v.objectWithRest(
  {
    hs_timestamp: optional(is(v.union([v.string(), v.number()]), "when the call began; the SDK's type requires it")),
    hs_call_title: optional(v.string()),
    hs_call_body: optional(is(v.string(), "notes")),
    hs_call_direction: optional(is(v.picklist(["INBOUND", "OUTBOUND"]), "as the HubSpot user sees it")),
    hs_call_duration: optional(is(v.string(), "milliseconds")),
    hs_call_from_number: optional(v.string()),
    hs_call_to_number: optional(v.string()),
    hs_call_status: optional(v.string()),
    hs_call_recording_url: optional(is(v.pipe(v.string(), v.startsWith("https://")), "https only")),
    hs_call_source: optional(is(v.literal("INTEGRATIONS_PLATFORM"), "needed for recording and transcription")),
  },
  v.string(),
);

const callerIdMatch = v.object({
  callerIdType: v.picklist(["CONTACT", "COMPANY"]),
  objectCoordinates,
  firstName: optional(is(v.string(), "of a contact")),
  lastName: optional(is(v.string(), "of a contact")),
  email: optional(is(v.string(), "of a contact")),
  name: optional(is(v.string(), "of a company")),
});

const call = v.object({ externalCallId });
const engagement = v.object({ engagementId });
const failure = v.object({ error });
const engagementOfCall = v.object({ engagementId, externalCallId });

const callingPage = "vendor's page on the calling SDK";
const inboundPage = "vendor's page on receiving calls";
const sdkTypes = "types of SDK 0.9.7";
const sdkSource = "source of SDK 0.9.7";

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
 * What the app sends, by wire type: the SDK method that sends it, the payload in `data`, and what HubSpot answers.
 * Where an answer is documented to fail, the event whose name ends in _FAILED carries the error.
 */
export const outbound = {
  INITIALIZED: message(
    "initialized",
    "documented",
    `${inboundPage}; isAvailable and sizeInfo are missing from the ${sdkTypes}`,
    v.object({
      isLoggedIn: optional(is(v.boolean(), "unless true, HubSpot shows an alert instead of dialling")),
      isAvailable: optional(is(v.boolean(), "whether inbound calls may come")),
      engagementId: optional(is(integer, "of the call that was running when the page loaded, as READY brought it")),
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
    `${callingPage}; it requires fromNumber, the types do not; phoneNumber is deprecated for toNumber`,
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
      callEndStatus: optional(is(callEndStatus, "the wire value, not the constant's name")),
    }),
  ),
  CALL_COMPLETED: message(
    "callCompleted",
    "documented",
    callingPage,
    v.object({
      externalCallId,
      engagementId: optional(is(v.union([integer, v.pipe(v.string(), v.digits())]), "HubSpot's id for the call")),
      hideWidget: optional(is(v.boolean(), "false keeps the widget open; HubSpot takes true when it is absent")),
      engagementProperties: optional(is(engagementProperties, "merged into the call")),
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
    `${sdkTypes}; deprecated for finalizeEngagement`,
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
      openIn: optional(is(v.picklist(["CURRENT_TAB", "NEW_TAB"]), "in the SDK's types only")),
    }),
    ["READY", "NAVIGATE_TO_RECORD_FAILED"],
  ),
  RESIZE_WIDGET: message("resizeWidget", "documented", callingPage, v.object({ width: pixels, height: pixels })),
  SET_WIDGET_URL: message(
    "setWidgetUrl",
    "sdk",
    `${sdkTypes}; a success is followed by a new SYNC`,
    v.object({ iFrameUrl: is(v.pipe(v.string(), v.url()), "where the frame goes next") }),
    ["READY", "SET_WIDGET_URL_FAILED"],
  ),
  ERROR: message(
    "sendError",
    "documented",
    `${callingPage}; the SDK also sends it, with type and data in place of message, to answer an unknown event`,
    v.union([
      v.object({ message: is(v.string(), "HubSpot shows it as an alert") }),
      v.object({ type: v.literal("UNKNOWN_MESSAGE_TYPE"), data: v.unknown() }),
    ]),
  ),
  CALL_DATA: message("callData", "sdk", `${sdkTypes}: any`, nothing),
};

/** What READY brings; on the wire these fields come in SYNC, at its top level. */
const session = v.object({
  portalId: optional(portalId),
  userId: optional(userId),
  ownerId: optional(ownerId),
  engagementId: optional(is(integer, "of a call that was already running")),
  iframeLocation: optional(is(v.picklist(["widget", "remote", "window"]), "where HubSpot framed the app")),
  usesCallingWindow: optional(is(v.boolean(), "true: the calling window speaks to HubSpot, not the remote")),
  hostUrl: optional(is(v.string(), "origin of HubSpot's page")),
});

const event = <S extends v.GenericSchema>(handler: string, sure: Sure, source: string, data: S) => {
  return { handler, sure, source, data };
};
const published = "as PUBLISH_TO_CHANNEL, which it replaces";
const nowhere = `the handler's name is in the ${sdkSource}, its payload nowhere`;

/** What HubSpot sends, by wire type: the handler that the SDK calls and the payload in `data`. */
export const inbound = {
  READY: event("onReady", "documented", `${inboundPage}; ${sdkSource}`, session),
  DIAL_NUMBER: event(
    "onDialNumber",
    "documented",
    `${callingPage}; it calls calleeInfo an array and writes calleeID, an object with calleeId is what comes`,
    v.object({
      phoneNumber: is(v.string(), "the number to call"),
      ownerId: optional(ownerId),
      subjectId: is(integer, "the record whose page the user is on"),
      objectId: is(integer, "the record to call"),
      objectType: optional(is(v.string(), "CONTACT or COMPANY; for custom objects it may be absent")),
      portalId,
      countryCode: is(v.string(), "of the number, two letters"),
      calleeInfo: is(v.object({ calleeId: integer, calleeObjectTypeId: v.string() }), "the record, by type id"),
      startTimestamp: is(v.number(), "milliseconds since 1970"),
      toPhoneNumberSrc: is(v.string(), "the property that holds the number, as phone or mobilephone"),
    }),
  ),
  CREATE_ENGAGEMENT_SUCCEEDED: event("onCreateEngagementSucceeded", "documented", callingPage, engagement),
  CREATE_ENGAGEMENT_FAILED: event("onCreateEngagementFailed", "documented", callingPage, failure),
  ENGAGEMENT_CREATED: event(
    "onEngagementCreated",
    "documented",
    `${callingPage}; deprecated for onCreateEngagementSucceeded`,
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
  INITIATE_CALL_ID_SUCCEEDED: event("onInitiateCallIdSucceeded", "chosen", nowhere, nothing),
  INITIATE_CALL_ID_FAILED: event("onInitiateCallIdFailed", "chosen", nowhere, nothing),
  SET_CALL_STATE: event("onSetCallState", "chosen", nowhere, nothing),
  END_CALL: event("onEndCall", "inferred", "the vendor's demo hangs up on it; payload undocumented", nothing),
  VISIBILITY_CHANGED: event(
    "onVisibilityChanged",
    "documented",
    callingPage,
    v.object({ isMinimized: v.boolean(), isHidden: v.boolean() }),
  ),
  SET_WIDGET_URL_FAILED: event("onSetWidgetUrlFailed", "inferred", "a payload as the other failures have", failure),
  FAILED: event("onFailed", "sdk", `${sdkSource}; only for the type FAILED itself, never for …_FAILED`, nothing),
};

/** Payload of a message that the app sends: `Sent<"CALL_ENDED">`. */
export type Sent<Type extends keyof typeof outbound> = v.InferOutput<(typeof outbound)[Type]["data"]>;
/** Payload of an event as HubSpot documents it: `Received<"DIAL_NUMBER">`. */
export type Received<Type extends keyof typeof inbound> = v.InferOutput<(typeof inbound)[Type]["data"]>;
/** The same payload as it arrives, checked by nobody: each field may be missing or null, at every depth. */
export type Unchecked<Type extends keyof typeof inbound> = Loose<Received<Type>>;

type Loose<T> = T extends readonly (infer Item)[]
  ? readonly (Loose<Item> | null | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Loose<T[Key]> | null | undefined }
    : T;
