// Which messages are about calls, and what they mean for a call.
import type { CallState } from "../../protocol/call-states.ts";
import { type Fields, fieldsOf } from "../../protocol/fields.ts";
import { isEventType, type MessageType } from "../../protocol/message-types.ts";

const starts: readonly string[] = ["OUTGOING_CALL_STARTED", "INCOMING_CALL"];
/** The states in which a message is allowed, and the state after the message. Our choice: a transfer changes no state. */
export const transitions: Partial<Record<MessageType, { from: CallState[]; to?: CallState }>> = {
  CALL_ANSWERED: { from: ["created"], to: "answered" },
  CALL_TRANSFERRED: { from: ["created", "answered"] },
  CALL_ENDED: { from: ["created", "answered"], to: "ended" },
  CALL_COMPLETED: { from: ["ended"], to: "completed" },
};
const withEngagement: readonly MessageType[] = [
  "CALL_ENDED",
  "CALL_COMPLETED",
  "FINALIZE_ENGAGEMENT",
  "PUBLISH_TO_CHANNEL",
];

export const isStart = (type: string) => starts.includes(type);
export const hasEngagementId = (type: MessageType) => withEngagement.includes(type);
export const isAboutCall = (type: MessageType) =>
  isStart(type) || hasEngagementId(type) || transitions[type] !== undefined;
/** Whether the event tells the app the engagementId of a new engagement. */
export const isEngagementCreated = (type: string) => /^(CREATE_ENGAGEMENT_SUCCEEDED|ENGAGEMENT_CREATED)$/.test(type);

/** If the message reports that the SDK does not know one of the protocol's events, returns the type of that event. */
export function unknownEventIn(type: MessageType, { type: error, data }: Fields) {
  if (type !== "ERROR" || error !== "UNKNOWN_MESSAGE_TYPE") return undefined;
  const event = fieldsOf(fieldsOf(data).originalMessage).type;
  return typeof event === "string" && isEventType(event) ? event : undefined;
}
