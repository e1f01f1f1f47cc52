// What HubSpot answers to each message of the app, as one table. No DOM: what an answer needs of the CRM is handed in.
import { type Fields, fieldsOf, quote } from "../../protocol/fields.ts";
import type { EventType, MessageType } from "../../protocol/message-types.ts";
import type { Received } from "../../protocol/messages.ts";

/** An answer is an event, or that the page goes to a record, or that the frame goes to another URL. */
export type Effect =
  | { event: EventType; data: unknown }
  | { record: { objectId: unknown; objectTypeId: unknown }; engagementId: unknown; newTab: boolean }
  | { url: string };

/** What the answers need of the CRM. */
export type CrmForReplies = {
  callersOf(number: unknown): Received<"CALLER_ID_MATCH_SUCCEEDED">["callerIdMatches"];
  createEngagement(type: MessageType, fields: Fields): number;
  /** The engagement that the fields name by its id, or without one by its call; undefined where the CRM has none. */
  engagementOf(fields: Fields): number | undefined;
  mergeProperties(engagementId: number, properties: object): void;
  hasRecord(objectCoordinates: Fields): boolean;
  /** Whether ENGAGEMENT_CREATED, which is deprecated, is sent besides CREATE_ENGAGEMENT_SUCCEEDED. */
  sendsDeprecated: boolean;
};

type Reply = {
  /** Without it, the message is always answered. */
  applies?: (fields: Fields) => boolean;
  succeed: (fields: Fields, crm: CrmForReplies, type: MessageType) => Effect[];
  fail: (fields: Fields) => Effect[];
};

/** Whether a frame can go there: a URL may also be a script. */
export function isWebUrl(url: unknown): url is string {
  return typeof url === "string" && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

const failed = (message: string) => ({ error: { message } });
const idsOf = ({ engagementId, externalCallId }: Fields) => ({
  ...(engagementId !== undefined && { engagementId }),
  ...(externalCallId !== undefined && { externalCallId }),
});

function noEngagement({ engagementId }: Fields): string {
  if (engagementId === undefined) return "The message names no call that has an engagement.";
  return `There is no engagement with the id ${quote(engagementId)}.`;
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
  // Without properties there is nothing to update; an engagement that there is not is refused all the same (chosen).
  applies: (fields) => updatesProperties(fields) || fields.engagementId !== undefined,
  succeed(fields, crm) {
    const engagementId = crm.engagementOf(fields);
    if (engagementId === undefined) return [{ event: "UPDATE_ENGAGEMENT_FAILED", data: failed(noEngagement(fields)) }];
    if (!updatesProperties(fields)) return [];
    crm.mergeProperties(engagementId, fieldsOf(fields.engagementProperties));
    return [{ event: "UPDATE_ENGAGEMENT_SUCCEEDED", data: { engagementId } }];
  },
  fail: (fields) =>
    updatesProperties(fields)
      ? [{ event: "UPDATE_ENGAGEMENT_FAILED", data: failed("The engagement could not be updated.") }]
      : [],
};

/** What a call was made final by, or published: with both ids. That a failure has words too is chosen. */
const ofEngagement = (succeeded: EventType, failedTo: EventType, words: string): Reply => ({
  succeed(fields, crm) {
    const engagementId = crm.engagementOf(fields);
    if (engagementId === undefined)
      return [{ event: failedTo, data: { ...idsOf(fields), ...failed(noEngagement(fields)) } }];
    return [{ event: succeeded, data: idsOf({ ...fields, engagementId }) }];
  },
  fail: (fields) => [{ event: failedTo, data: { ...idsOf(fields), ...failed(words) } }],
});
const finalizeEngagement = ofEngagement(
  "FINALIZE_ENGAGEMENT_SUCCEEDED",
  "FINALIZE_ENGAGEMENT_FAILED",
  "The engagement could not be made final.",
);
const publishToChannel = ofEngagement(
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
    const coordinates = fieldsOf(fields.objectCoordinates);
    if (!crm.hasRecord(coordinates)) return navigationFailed(fields);
    const { objectId, objectTypeId } = coordinates;
    const { engagementId, openIn } = fields;
    return [{ record: { objectId, objectTypeId }, engagementId, newTab: openIn === "NEW_TAB" }];
  },
  fail: navigationFailed,
};

const setWidgetUrl: Reply = {
  succeed: ({ iFrameUrl }) =>
    isWebUrl(iFrameUrl)
      ? [{ url: iFrameUrl }]
      : [{ event: "SET_WIDGET_URL_FAILED", data: failed("iFrameUrl is not a URL of http or https.") }],
  fail: () => [{ event: "SET_WIDGET_URL_FAILED", data: failed("The URL was refused.") }],
};

/**
 * The messages that are answered, with their answers in the order in which they come. That the caller-id match comes
 * before the engagement, and what follows a success of setWidgetUrl, is chosen: the vendor's pages do not say.
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

/** The steps by which HubSpot answers a message, in order. */
export function effectsOf(type: MessageType, data: unknown, mode: ReplyMode, crm: CrmForReplies): Effect[] {
  if (mode === "never") return [];
  const fields = fieldsOf(data);
  const due = (replies[type] ?? []).filter(({ applies }) => applies?.(fields) ?? true);
  return due.flatMap((reply) => reply[mode](fields, crm, type));
}
