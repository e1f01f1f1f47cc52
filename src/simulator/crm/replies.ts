import { type Fields, fieldsOf, quote } from "../../protocol/fields.ts";
import type { EventType, MessageType } from "../../protocol/message-types.ts";
import type { Received } from "../../protocol/payload-types.ts";
import type { RecordId } from "./crm-records.ts";

export type Effect =
  | { event: EventType; data: unknown }
  | { record: RecordId; engagementId: unknown; newTab: boolean }
  | { url: string };

export type CrmForReplies = {
  callersOf(number: unknown): Received<"CALLER_ID_MATCH_SUCCEEDED">["callerIdMatches"];
  createEngagement(type: MessageType, fields: Fields): number;
  /**
   * Returns the engagementId in `fields`, or, if it is missing, the engagementId of the call with the externalCallId.
   * Returns undefined if the engagement does not exist or was in a replay.
   */
  engagementOf(fields: Fields): number | undefined;
  /** Whether the app knows the engagement from a replay, and therefore cannot change it. */
  isReplayed(engagementId: unknown): boolean;
  mergeProperties(engagementId: number, properties: object): void;
  recordAt(objectCoordinates: Fields): RecordId | undefined;
  /** Whether HubSpot also sends the deprecated ENGAGEMENT_CREATED after CREATE_ENGAGEMENT_SUCCEEDED. */
  sendsDeprecated: boolean;
};

type Reply = {
  /** If this function is missing, the reply always applies. */
  applies?: (fields: Fields) => boolean;
  succeed: (fields: Fields, crm: CrmForReplies, type: MessageType) => Effect[];
  fail: (fields: Fields) => Effect[];
};

/** The iframe must load only http and https URLs, not, for example, javascript: URLs. */
export function isWebUrl(url: unknown): url is string {
  return typeof url === "string" && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

const failed = (message: string) => ({ error: { message } });
const idsOf = ({ engagementId, externalCallId }: Fields) => ({
  ...(engagementId !== undefined && { engagementId }),
  ...(externalCallId !== undefined && { externalCallId }),
});

function noEngagement({ engagementId }: Fields, crm: CrmForReplies): string {
  if (crm.isReplayed(engagementId)) {
    return `Engagement ${quote(engagementId)} was in a replay, so the simulator did not change the engagement. To continue a call that was in progress before the replay, reload the app.`;
  }
  if (engagementId === undefined) return "The message does not identify a call with an engagement.";
  return `No engagement has the id ${quote(engagementId)}.`;
}

const createEngagement: Reply = {
  applies: (fields) => fields.createEngagement === true,
  succeed: (fields, crm, type) => {
    const data = { engagementId: crm.createEngagement(type, fields) };
    const deprecated: Effect[] = crm.sendsDeprecated ? [{ event: "ENGAGEMENT_CREATED", data }] : [];
    return [{ event: "CREATE_ENGAGEMENT_SUCCEEDED", data }, ...deprecated];
  },
  fail: () => [{ event: "CREATE_ENGAGEMENT_FAILED", data: failed("The engagement could not be created.") }],
};

const callerIdMatch: Reply = {
  succeed: (fields, crm) => [
    { event: "CALLER_ID_MATCH_SUCCEEDED", data: { callerIdMatches: crm.callersOf(fields.fromNumber) } },
  ],
  fail: () => [{ event: "CALLER_ID_MATCH_FAILED", data: failed("The caller could not be looked up.") }],
};

const updatesProperties = ({ engagementProperties }: Fields) =>
  typeof engagementProperties === "object" && engagementProperties !== null;

const updateEngagement: Reply = {
  // Our choice: the update fails if the engagementId is unknown, even if there are no properties to update.
  applies: (fields) => updatesProperties(fields) || fields.engagementId !== undefined,
  succeed(fields, crm) {
    const engagementId = crm.engagementOf(fields);
    if (engagementId === undefined)
      return [{ event: "UPDATE_ENGAGEMENT_FAILED", data: failed(noEngagement(fields, crm)) }];
    if (!updatesProperties(fields)) return [];
    crm.mergeProperties(engagementId, fieldsOf(fields.engagementProperties));
    return [{ event: "UPDATE_ENGAGEMENT_SUCCEEDED", data: { engagementId } }];
  },
  fail: (fields) =>
    updatesProperties(fields)
      ? [{ event: "UPDATE_ENGAGEMENT_FAILED", data: failed("The engagement could not be updated.") }]
      : [],
};

/**
 * The reply contains the ids from the message. A success always contains the engagementId. A failure also contains an error
 * (our choice).
 */
const createIdsReply = (succeededType: EventType, failedType: EventType, reason: string): Reply => ({
  succeed(fields, crm) {
    const engagementId = crm.engagementOf(fields);
    if (engagementId === undefined)
      return [{ event: failedType, data: { ...idsOf(fields), ...failed(noEngagement(fields, crm)) } }];
    return [{ event: succeededType, data: idsOf({ ...fields, engagementId }) }];
  },
  fail: (fields) => [{ event: failedType, data: { ...idsOf(fields), ...failed(reason) } }],
});
const finalizeEngagement = createIdsReply(
  "FINALIZE_ENGAGEMENT_SUCCEEDED",
  "FINALIZE_ENGAGEMENT_FAILED",
  "The engagement could not be finalized.",
);
const publishToChannel = createIdsReply(
  "PUBLISH_TO_CHANNEL_SUCCEEDED",
  "PUBLISH_TO_CHANNEL_FAILED",
  "The engagement could not be published.",
);

const navigationFailed = ({ engagementId, objectCoordinates }: Fields): Effect[] => [
  {
    event: "NAVIGATE_TO_RECORD_FAILED",
    data: {
      ...(engagementId !== undefined && { engagementId }),
      ...(objectCoordinates !== undefined && { objectCoordinates }),
    },
  },
];

const navigateToRecord: Reply = {
  succeed: (fields, crm) => {
    const record = crm.recordAt(fieldsOf(fields.objectCoordinates));
    if (!record) return navigationFailed(fields);
    const { objectId, objectTypeId } = record;
    const { engagementId, openIn } = fields;
    return [{ record: { objectId, objectTypeId }, engagementId, newTab: openIn === "NEW_TAB" }];
  },
  fail: navigationFailed,
};

const setWidgetUrl: Reply = {
  succeed: ({ iFrameUrl }) =>
    isWebUrl(iFrameUrl)
      ? [{ url: iFrameUrl }]
      : [{ event: "SET_WIDGET_URL_FAILED", data: failed("iFrameUrl is not an http or https URL.") }],
  fail: () => [{ event: "SET_WIDGET_URL_FAILED", data: failed("The URL could not be loaded.") }],
};

/**
 * HubSpot sends the replies to a message in this order. HubSpot does not document that the caller-ID match comes before the
 * engagement, or that SET_WIDGET_URL loads the URL; both are our choice.
 */
export const replies: Partial<Record<MessageType, readonly Reply[]>> = {
  OUTGOING_CALL_STARTED: [createEngagement],
  INCOMING_CALL: [callerIdMatch, createEngagement],
  CALL_COMPLETED: [updateEngagement],
  FINALIZE_ENGAGEMENT: [finalizeEngagement],
  PUBLISH_TO_CHANNEL: [publishToChannel],
  NAVIGATE_TO_RECORD: [navigateToRecord],
  SET_WIDGET_URL: [setWidgetUrl],
};

export type ReplyMode = "succeed" | "fail" | "never";

/** Returns the events with which HubSpot replies if the user sets the reply to fail. */
export function failReplies(type: MessageType, data: unknown): { event: EventType; data: unknown }[] {
  const fields = fieldsOf(data);
  return applicableReplies(type, fields).flatMap(({ fail }) => fail(fields).filter((effect) => "event" in effect));
}

const applicableReplies = (type: MessageType, fields: Fields) =>
  (replies[type] ?? []).filter(({ applies }) => applies?.(fields) ?? true);

export function effectsOf(type: MessageType, data: unknown, mode: ReplyMode, crm: CrmForReplies): Effect[] {
  if (mode === "never") return [];
  const fields = fieldsOf(data);
  return applicableReplies(type, fields).flatMap((reply) => reply[mode](fields, crm, type));
}
