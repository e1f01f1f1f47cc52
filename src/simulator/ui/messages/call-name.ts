import { formatTime } from "../../../dom/format-time.ts";
import { fieldsOf } from "../../../protocol/fields.ts";
import { externalCallIdOf } from "../../calls/call-ids.ts";
import { storedNumber } from "../../calls/call-number.ts";
import type { Engagement } from "../../calls/engagement.ts";
import type { Message } from "../../calls/message.ts";

/** Describes a message's call by number, record name and time. Returns undefined if the call is not on the timeline. */
export function callNameOf(
  message: Message | undefined,
  engagements: readonly Engagement[],
  recordName: (record: NonNullable<Engagement["record"]>) => string | undefined,
): string | undefined {
  const { externalCallId, engagementId } = fieldsOf(message?.data);
  const appId = externalCallIdOf(externalCallId);
  const call = engagements.findLast(
    (engagement) => engagement.engagementId === engagementId || (appId !== "" && engagement.externalCallId === appId),
  );
  if (!call) return undefined;
  const { direction, record, createdAt } = call;
  const name = record && recordName(record);
  return [
    direction === "INBOUND" ? "Call from" : "Call to",
    storedNumber(call) ?? "no number",
    name && `(${name})`,
    "at",
    formatTime(createdAt),
  ]
    .filter(Boolean)
    .join(" ");
}
