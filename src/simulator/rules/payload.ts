// Rules about message payloads.

import { describeField } from "../../protocol/describe-field.ts";
import { e164 } from "../../protocol/e164.ts";
import { fieldsOf, quote } from "../../protocol/fields.ts";
import type { MessageType } from "../../protocol/message-types.ts";
import { outbound } from "../../protocol/messages.ts";
import { labelOf } from "../calls/call.ts";
import { isStart } from "../calls/call-messages.ts";
import { issuesOf, type PayloadIssue } from "./payload-issues.ts";
import { type AppMessage, defineRule, type Fault } from "./rule.ts";
import { unknownFieldsOf } from "./unknown-fields.ts";

const issuesOfKind = (sent: AppMessage, ...kinds: PayloadIssue["kind"][]) =>
  issuesOf(sent).filter(({ kind }) => kinds.includes(kind));

export const unknownType = defineRule({
  id: "unknown-type",
  severity: "error",
  title: "Unknown message",
  explanation: "The app sent a message whose type does not exist in the SDK. The SDK's methods set the correct type.",
  consequence: "As far as we know, HubSpot does not handle such messages, so their data is lost.",
  remedy: "Call the SDK method for the event, for example cti.callEnded(…), instead of cti.sendMessage(…).",
  example: `
// not: cti.sendMessage({ type: "CALL_END", data: { externalCallId, engagementId } });
cti.callEnded({ externalCallId, engagementId, callEndStatus: "COMPLETED" });`,
  sure: "sdk",
  source: "types of SDK 0.9.7: the SDK has no message of this type",
});

export const missingField = defineRule({
  id: "missing-field",
  severity: "error",
  title: "Missing field",
  explanation:
    "A required field is missing. The finding is a warning in two cases: externalCallId or engagementId is missing, but the other id still identifies the call; or HubSpot's documentation and the SDK's types disagree on whether the field is required.",
  consequence:
    "Without a phone number, HubSpot cannot tell who called or was called. Without an id, it cannot tell which call the message is about.",
  remedy: "Add the field that the finding names. Send the field in every message of this type.",
  example: `
cti.outgoingCall({
  externalCallId: crypto.randomUUID(), fromNumber: "+18005550100", toNumber: "+18005550151", createEngagement: true,
});`,
  sure: "documented",
  source: "HubSpot's documentation of the message, or the types of SDK 0.9.7",
  check(sent) {
    const { type, fields } = sent;
    return issuesOfKind(sent, "missing", "disputed").map(({ kind, path, source }): Fault => {
      const isWarning = kind === "disputed" || isKnownByOtherId(sent, path);
      const problem = fields[path] === "" ? "is empty" : "is missing";
      const message = `${outbound[type].method}: ${path} ${problem}${hintFor(sent, path)}`;
      return { message, source, remedy: remedyFor(type, path), field: path, ...(isWarning && { severity: "warning" }) };
    });
  },
});

/**
 * Returns the end of the finding's message: the misspelled field that the app sent instead or, if the missing field is a call's
 * id, the call that the message is probably about. Returns "" if neither is known.
 */
function hintFor(sent: AppMessage, path: string): string {
  const misspelled = unknownFieldsOf(sent).find(({ meant, isProperty }) => meant === path && !isProperty);
  return misspelled ? `; the message contains ${misspelled.name.slice(0, 80)} instead` : onlyCallHint(sent, path);
}

function onlyCallHint({ onlyCall }: AppMessage, path: string): string {
  const isId = otherIds[path] !== undefined;
  return isId && onlyCall ? `; the message is probably about ${labelOf(onlyCall)}` : "";
}

/** Names the field and, if the protocol describes the field, its meaning. */
function remedyFor(type: MessageType, path: string): string {
  const meaning = describeField(outbound[type].data, path);
  return `Add ${path} to ${outbound[type].method}${meaning ? `: ${meaning}` : ""}. Send the field in every message of this type.`;
}

const otherIds: Record<string, string> = { externalCallId: "engagementId", engagementId: "externalCallId" };

/** Whether the field is an id, and the message's other id still identifies the call. */
function isKnownByOtherId({ type, fields, before, sdk }: AppMessage, path: string): boolean {
  const otherId = otherIds[path];
  if (otherId === undefined || isStart(type)) return false;
  const isOnlyId = type === "CALL_COMPLETED" && path === "engagementId" && !sdk.hasCallIds;
  return before !== undefined && !isOnlyId && Boolean(fields[otherId]);
}

export const unknownField = defineRule({
  id: "unknown-field",
  severity: "warning",
  title: "Unknown field",
  explanation:
    "The message contains a field that the message type does not define, for example because its name is misspelled. In engagementProperties, the rule checks only names that begin with hs_, the prefix of most of HubSpot's own properties.",
  consequence: "HubSpot probably ignores the field, so its value is lost.",
  remedy: "Correct the field's name, or remove the field. Names are case-sensitive.",
  example: `
const engagementProperties = { hs_call_body: notes.value }; // not hs_call_notes
cti.callEnded({ externalCallId, engagementId, callEndStatus: "COMPLETED" }); // not callStatus`,
  sure: "sdk",
  source:
    "types of SDK 0.9.7 and HubSpot's documentation (calling SDK, receive calls and recordings pages), which do not mention the field",
  check(sent) {
    const missing = issuesOfKind(sent, "missing", "disputed").map(({ path }) => path);
    return unknownFieldsOf(sent)
      .filter(({ meant, isProperty }) => isProperty || meant === undefined || !missing.includes(meant))
      .map(({ name, isProperty, meant }): Fault => {
        const where = isProperty ? "engagementProperties contains the unknown property" : "unknown field";
        const hint = meant ? `; did you mean ${meant}?` : "";
        const message = `${outbound[sent.type].method}: ${where} ${name.slice(0, 80)}${hint}`;
        const field = `${isProperty ? "engagementProperties." : ""}${name.slice(0, 80)}`;
        return { message, field, once: { in: "session" } };
      });
  },
});

export const wrongType = defineRule({
  id: "wrong-type",
  severity: "error",
  title: "Wrong type",
  explanation:
    "A field's value does not have the documented type, or is not one of the documented values. For example, it is null, undefined, or a string instead of a number. A common cause of undefined is a constant that the SDK does not define. The finding is a warning if the value is null or undefined and the message is usable without the field, or if an engagement property is a number or a boolean instead of a string.",
  consequence: "HubSpot may ignore the field. If it cannot read an id, it cannot tell which call the message is about.",
  remedy: "Send the kind of value that the finding names, or omit the field if you have no value.",
  example: `
const engagementProperties = { hs_call_duration: String(durationMs) }; // a string, not a number
cti.callCompleted({ externalCallId, engagementId, engagementProperties });
cti.callEnded({ externalCallId, engagementId, callEndStatus: "REJECTED" }); // the SDK has no constant for REJECTED`,
  sure: "documented",
  source: "HubSpot's documentation of the message, or the types of SDK 0.9.7",
  check: (sent) =>
    issuesOfKind(sent, "wrong").map((issue): Fault => {
      const { path, value, expected, source } = issue;
      const message = `${outbound[sent.type].method}: ${path} is ${quote(value)}; expected ${expected}${onlyCallHint(sent, path)}`;
      return { message, source, field: path, ...(isHarmless(sent, issue) && { severity: "warning" }) };
    }),
});

/** Whether the message is usable without the value, or the value only needs to be converted to a string. */
function isHarmless(sent: AppMessage, { path, value, isOptional }: PayloadIssue): boolean {
  const isEmpty = value === null || value === undefined;
  if (isEmpty) return isOptional || isKnownByOtherId(sent, path);
  return path.startsWith("engagementProperties.") && (typeof value === "number" || typeof value === "boolean");
}

export const constantName = defineRule({
  id: "constant-name",
  severity: "error",
  title: "Constant name instead of its value",
  explanation:
    "The app sent the name of an SDK constant, for example INTERNAL_COMPLETED. HubSpot expects the constant's value, in this example COMPLETED.",
  consequence: "HubSpot does not know this value, so the call's outcome is missing or wrong.",
  remedy:
    'Set callEndStatus to the value, for example "COMPLETED", or import the constant from the SDK and send its value.',
  example: `
// @hubspot/calling-extensions-sdk exports Constants
const { callEndStatus } = Constants;
cti.callEnded({ externalCallId, engagementId, callEndStatus: callEndStatus.INTERNAL_COMPLETED });`,
  sure: "sdk",
  source: "source code of SDK 0.9.7: the constant INTERNAL_COMPLETED has the value COMPLETED",
  check: (sent) =>
    issuesOfKind(sent, "constant").map(({ path, value }) => ({
      message: `${outbound[sent.type].method}: ${path} is ${quote(value)}, the name of a constant; send the constant's value`,
      field: path,
    })),
});

export const notE164 = defineRule({
  id: "not-e164",
  severity: "warning",
  title: "Phone number not in E.164 format",
  explanation:
    "fromNumber, toNumber or the deprecated phoneNumber is not in E.164 format. An E.164 number consists of a plus sign and up to 15 digits, without spaces, brackets or a prefix such as “whatsapp:”.",
  consequence:
    "HubSpot uses the number to find the caller's record, and shows the number on the timeline. If the number is in another format, HubSpot may not find the record.",
  remedy: "Convert the number to E.164 before you send it, and remove any extension.",
  example: `
const toE164 = (number: string) => \`+\${number.replace(/\\D/g, "")}\`; // for a number with a country code
cti.outgoingCall({ externalCallId, fromNumber: "+18005550100", toNumber: toE164(phoneNumber), createEngagement: true });`,
  sure: "documented",
  source: "HubSpot's documentation (calling SDK page): phone numbers are in E.164 format",
  check({ type, message }) {
    const fields = fieldsOf(message.data);
    return ["fromNumber", "toNumber", "phoneNumber"].flatMap((name) => {
      const number = fields[name];
      if (typeof number !== "string" || e164.test(number)) return [];
      const problem = `${name} is ${quote(number)}; expected E.164: + and up to 15 digits`;
      return [{ message: `${outbound[type].method}: ${problem}`, field: name }];
    });
  },
});

export const deprecated = defineRule({
  id: "deprecated",
  severity: "warning",
  title: "Deprecated field or method",
  explanation:
    "The app sent phoneNumber in outgoingCall, or called publishToChannel. The replacements are toNumber and finalizeEngagement.",
  consequence: "A later SDK may remove publishToChannel, and HubSpot may stop accepting phoneNumber.",
  remedy:
    "Instead of phoneNumber, send toNumber and fromNumber in outgoingCall. Instead of publishToChannel, call finalizeEngagement.",
  example: `
cti.outgoingCall({ externalCallId, fromNumber, toNumber, createEngagement: true });
cti.finalizeEngagement({ externalCallId, engagementId });`,
  sure: "documented",
  source: "HubSpot's documentation (calling SDK page) and types of SDK 0.9.7, which name the replacements",
  check({ type, message, sdk }): Fault[] {
    if (type === "PUBLISH_TO_CHANNEL") {
      return [{ message: "publishToChannel is deprecated; call finalizeEngagement" }];
    }
    const hasPhoneNumber = type === "OUTGOING_CALL_STARTED" && fieldsOf(message.data).phoneNumber !== undefined;
    if (!hasPhoneNumber || !sdk.hasTwoNumbers) return [];
    return [{ message: "outgoingCall: phoneNumber is deprecated; send toNumber" }];
  },
});

/** For a call longer than two seconds, a duration of less than 1000 is probably in seconds. */
const limits = { sentMs: 1000, measuredMs: 2000 };

export const notMilliseconds = defineRule({
  id: "not-milliseconds",
  severity: "warning",
  title: "Duration not in milliseconds",
  explanation:
    "hs_call_duration in callCompleted is not a number, for example because it contains a unit, or it is much shorter than the time between callAnswered and callEnded. In the second case, the app probably sends the duration in seconds, but HubSpot expects milliseconds. A duration of 0 usually means that the app's timer never ran.",
  consequence:
    "The timeline shows the wrong duration or none. For example, a five-minute call appears to last less than a second.",
  remedy: "Set engagementProperties.hs_call_duration to the duration in milliseconds, as a string.",
  example: `
const hs_call_duration = String(endedAt - answeredAt); // both from Date.now()
cti.callCompleted({ externalCallId, engagementId, engagementProperties: { hs_call_duration } });`,
  sure: "documented",
  source: "HubSpot's documentation (calling SDK page): hs_call_duration is in milliseconds",
  check({ type, fields, call }) {
    const { hs_call_duration: duration } = fieldsOf(fields.engagementProperties);
    if (type !== "CALL_COMPLETED") return [];
    const sentMs = typeof duration === "string" && duration.trim() ? Number(duration) : duration;
    if (typeof sentMs !== "number") return [];
    const problem = typeof duration === "string" && !Number.isFinite(sentMs) ? notANumber : tooShort(sentMs, call);
    const message = `callCompleted: hs_call_duration is ${quote(duration)}${problem}`;
    return problem ? [{ message, field: "engagementProperties.hs_call_duration" }] : [];
  },
});

const notANumber = '; expected a number of milliseconds, for example "26000"';

/** Continues the finding's message. Returns "" if the duration can be correct. */
function tooShort(sentMs: number, call: AppMessage["call"]): string {
  const { answered, ended } = call?.reachedBy ?? {};
  const lastedMs = answered && ended ? ended.at - answered.at : 0;
  if (!(sentMs < limits.sentMs && lastedMs > limits.measuredMs)) return "";
  const seconds = Math.round(lastedMs / 1000);
  return `, but callEnded was sent ${seconds} seconds after callAnswered${sentMs === 0 ? "" : "; the unit is milliseconds"}`;
}
