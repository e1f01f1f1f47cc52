// Rules about the payload of a message.
import { e164 } from "../../protocol/e164.ts";
import { fieldsOf, quote } from "../../protocol/fields.ts";
import { outbound } from "../../protocol/messages.ts";
import { isStart } from "../calls/ledger.ts";
import { issuesOf, type PayloadIssue } from "./payload-issues.ts";
import { type AppMessage, defineRule, type Fault } from "./rule.ts";

const issuesOfKind = (sent: AppMessage, ...kinds: PayloadIssue["kind"][]) =>
  issuesOf(sent).filter(({ kind }) => kinds.includes(kind));

export const unknownType = defineRule({
  id: "unknown-type",
  severity: "error",
  title: "Unknown message",
  explanation:
    "The app sent a message whose type the SDK does not have. Send messages with the SDK's methods, which write the type for you.",
  consequence: "Nothing is known in HubSpot that handles such a message: what the app wanted to say is lost.",
  remedy: "Call the SDK's method for what happened, for example cti.callEnded(…), in place of cti.sendMessage(…).",
  example: `
// not: cti.sendMessage({ type: "CALL_END", data: { externalCallId, engagementId } });
cti.callEnded({ externalCallId, engagementId, callEndStatus: "COMPLETED" });`,
  sure: "sdk",
  source: "the SDK has no such message",
});

export const missingField = defineRule({
  id: "missing-field",
  severity: "error",
  title: "Missing field",
  explanation:
    "A field that the message must have is missing. It is a warning if HubSpot can still find the call by its other id, or if HubSpot's documentation and the SDK's types disagree about the field.",
  consequence:
    "Without a number HubSpot cannot say who was called, and without an id it cannot say which call the message is about.",
  remedy: "Add the field that the finding names. In the Messages tab, open the message to see what each field means.",
  example: `
cti.outgoingCall({
  externalCallId: crypto.randomUUID(), fromNumber: "+18005550100", toNumber: "+18005550151", createEngagement: true,
});`,
  sure: "documented",
  source: "the payload's documentation",
  check(sent) {
    const { type, before } = sent;
    return issuesOfKind(sent, "missing", "disputed").map(({ kind, path, source }): Fault => {
      const isId = path === "externalCallId" || path === "engagementId";
      const isWarning = kind === "disputed" || (isId && before !== undefined && !isStart(type));
      const message = `${outbound[type].method}: ${path} is missing`;
      return { message, source, ...(isWarning && { severity: "warning" }) };
    });
  },
});

export const wrongType = defineRule({
  id: "wrong-type",
  severity: "error",
  title: "Wrong type",
  explanation:
    "A field has a value of another type than documented, for example a number as text, null, or undefined. undefined often comes from a constant that the SDK does not have.",
  consequence:
    "HubSpot does not convert values. The field may be ignored, and with an id that cannot be read the message is about no call.",
  remedy: "Send the type that the finding names. If there is no value, leave the field out.",
  example: `
const engagementProperties = { hs_call_duration: String(milliseconds) }; // every property is text
cti.callCompleted({ externalCallId, engagementId, engagementProperties });
cti.callEnded({ externalCallId, engagementId, callEndStatus: "REJECTED" }); // the SDK has no constant for it`,
  sure: "documented",
  source: "the payload's documentation",
  check: (sent) =>
    issuesOfKind(sent, "wrong").map(({ path, value, expected, source }) => ({
      message: `${outbound[sent.type].method}: ${path} is ${quote(value)}; expected ${expected}`,
      source,
    })),
});

export const constantName = defineRule({
  id: "constant-name",
  severity: "error",
  title: "Name of a constant in place of its value",
  explanation:
    "The app sent INTERNAL_COMPLETED or the like. That is the name of a constant in the SDK; on the wire HubSpot expects its value, COMPLETED.",
  consequence: "HubSpot does not know the value, so the call's outcome is missing or wrong.",
  remedy: 'Set callEndStatus to the value, for example "COMPLETED", or import the constant from the SDK and send that.',
  example: `
// import { Constants } from "@hubspot/calling-extensions-sdk";
const { callEndStatus } = Constants;
cti.callEnded({ externalCallId, engagementId, callEndStatus: callEndStatus.INTERNAL_COMPLETED });`,
  sure: "sdk",
  source: "the SDK's constants: INTERNAL_COMPLETED is a name, COMPLETED its value",
  check: (sent) =>
    issuesOfKind(sent, "constant").map(({ path, value }) => ({
      message: `${outbound[sent.type].method}: ${path} is ${quote(value)}, the name of a constant; send its value`,
    })),
});

export const notE164 = defineRule({
  id: "not-e164",
  severity: "warning",
  title: "Phone number not in E.164",
  explanation:
    "fromNumber or toNumber is not in the E.164 format: a plus sign, then up to 15 digits, without spaces, brackets or a prefix such as whatsapp:.",
  consequence:
    "HubSpot looks the caller up by this number and shows it on the timeline. In another format it may find no record.",
  remedy: "Convert the number to E.164 before you send it. Keep an extension out of it.",
  example: `
const toE164 = (number: string) => \`+\${number.replace(/\\D/g, "")}\`; // if the number has its country code
cti.outgoingCall({ externalCallId, fromNumber: "+18005550100", toNumber: toE164(phoneNumber), createEngagement: true });`,
  sure: "documented",
  source: "the vendor's pages ask for numbers in E.164",
  check({ type, message }) {
    const fields = fieldsOf(message.data);
    return ["fromNumber", "toNumber", "phoneNumber"].flatMap((name) => {
      const number = fields[name];
      if (typeof number !== "string" || e164.test(number)) return [];
      return [{ message: `${outbound[type].method}: ${name} is ${quote(number)}; E.164 is + and up to 15 digits` }];
    });
  },
});

export const deprecated = defineRule({
  id: "deprecated",
  severity: "warning",
  title: "Deprecated field or method",
  explanation:
    "The app sent outgoingCall with phoneNumber, or it called publishToChannel. toNumber has replaced the field, and finalizeEngagement the method.",
  consequence: "Both still work today. A later version of HubSpot or of the SDK may drop them.",
  remedy: "Send toNumber and fromNumber in outgoingCall, and call finalizeEngagement in place of publishToChannel.",
  example: `
cti.outgoingCall({ externalCallId, fromNumber, toNumber, createEngagement: true });
cti.finalizeEngagement({ externalCallId, engagementId });`,
  sure: "documented",
  source: "the vendor's pages and the SDK's types name what replaces it",
  check({ type, message, isOldSdk }): Fault[] {
    if (type === "PUBLISH_TO_CHANNEL") {
      return [{ message: "publishToChannel is deprecated; call finalizeEngagement" }];
    }
    const hasPhoneNumber = type === "OUTGOING_CALL_STARTED" && fieldsOf(message.data).phoneNumber !== undefined;
    if (!hasPhoneNumber || isOldSdk) return [];
    return [{ message: "outgoingCall: phoneNumber is deprecated; send toNumber" }];
  },
});

/** A duration below the first is in seconds, if the call lasted longer than the second. Milliseconds. */
const shortest = { sentMs: 1000, seenMs: 2000 };

export const notMilliseconds = defineRule({
  id: "not-milliseconds",
  severity: "warning",
  title: "Duration not in milliseconds",
  explanation:
    "hs_call_duration in callCompleted is much shorter than the time between callAnswered and callEnded. The app probably sends seconds; the unit is milliseconds.",
  consequence: "The timeline shows a wrong duration: a call of five minutes looks shorter than a second.",
  remedy: "Set engagementProperties.hs_call_duration to the duration in milliseconds, as text.",
  example: `
const hs_call_duration = String(endedAt - answeredAt); // both from Date.now()
cti.callCompleted({ externalCallId, engagementId, engagementProperties: { hs_call_duration } });`,
  sure: "documented",
  source: "the vendor's pages give hs_call_duration in milliseconds",
  check({ type, fields, call }) {
    const { hs_call_duration: duration } = fieldsOf(fields.engagementProperties);
    const { answered, ended } = call?.reachedBy ?? {};
    if (type !== "CALL_COMPLETED" || typeof duration !== "string" || !duration.trim()) return [];
    if (!answered || !ended) return [];
    const lastedMs = ended.at - answered.at;
    if (!(Number(duration) < shortest.sentMs && lastedMs > shortest.seenMs)) return [];
    const seconds = Math.round(lastedMs / 1000);
    const words = `hs_call_duration is ${quote(duration)}, but callEnded came ${seconds} seconds after callAnswered`;
    return [{ message: `callCompleted: ${words}; the unit is milliseconds` }];
  },
});
