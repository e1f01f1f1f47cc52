// What is wrong about a message's payload, by itself and for its call. No DOM.
import * as v from "valibot";
import { e164 } from "../../protocol/e164.ts";
import { fieldsOf, quote } from "../../protocol/fields.ts";
import type { MessageType } from "../../protocol/message-types.ts";
import { outbound } from "../../protocol/messages.ts";
import type { Call } from "../session/calls.ts";
import type { Rule, Severity } from "./rules.ts";

export type Fault = { rule: Rule; message: string; severity?: Severity; source?: string };

type Context = {
  /** The call that the message is about, if one was recognised. */
  call: Call | undefined;
  /** The app has an SDK that is older than 0.2. */
  isOld: boolean;
};

/** Where the vendor's types and its pages disagree about what must be there: missing, it is a warning that names both. */
const disputed: Partial<Record<MessageType, { [field: string]: string }>> = {
  OUTGOING_CALL_STARTED: {
    externalCallId: "the types of SDK 0.9.7 require it, the vendor's page on the calling SDK does not",
    fromNumber: "the vendor's page on the calling SDK requires it, the types of SDK 0.9.7 do not",
  },
  INCOMING_CALL: {
    externalCallId: "the types of SDK 0.9.7 require it, the vendor's page on receiving calls does not have it",
  },
};
/** What SDKs older than 0.2 do not have. */
const later = ["externalCallId", "engagementId", "fromNumber", "toNumber"];
/** Of what these ask, an app whose call got no engagement can know none. */
const ofTheEnd: MessageType[] = ["CALL_ENDED", "CALL_COMPLETED"];

/** Whether a value stands for no id: apps write none in many ways. */
export function isNone(value: unknown): boolean {
  return value === undefined || value === null || value === 0 || value === "" || Number.isNaN(value);
}

/** All that is wrong about a payload. */
export function faultsIn(type: MessageType, data: unknown, context: Context): Fault[] {
  const { phoneNumber, ...rest } = fieldsOf(data);
  const isDeprecated = type === "OUTGOING_CALL_STARTED" && phoneNumber !== undefined;
  if (!isDeprecated) return [...shapeFaults(type, data, context), ...numberFaults(type, data), ...methodFaults(type)];
  const counted = Object.hasOwn(rest, "toNumber") ? rest : { ...rest, toNumber: phoneNumber };
  const words = "outgoingCall: phoneNumber is deprecated; it counts as toNumber, which is to be sent";
  return [
    ...shapeFaults(type, counted, context),
    ...numberFaults(type, data),
    ...(context.isOld ? [] : [{ rule: "deprecated", message: words } satisfies Fault]),
  ];
}

function shapeFaults(type: MessageType, data: unknown, context: Context): Fault[] {
  const { data: shape, source, method } = outbound[type];
  const { issues = [] } = v.safeParse(shape, data ?? {});
  const fields = typeof (data ?? {}) === "object" ? fieldsOf(data) : (disputed[type] ?? {});
  const missing = Object.keys(disputed[type] ?? {}).filter((name) => !Object.hasOwn(fields, name));
  const faults = issues.flatMap((whole): Fault[] => {
    const issue = whole.issues?.find(({ path }) => path) ?? whole; // of a union: what its first variant lacks
    const path = (v.getDotPath(issue) ?? "data").slice(0, 80);
    if (missing.includes(path) || mayBe(type, path, issue.input, context)) return [];
    if (typeof issue.input === "string" && issue.input.startsWith("INTERNAL_")) {
      const words = `${method}: ${path} is ${quote(issue.input)}, the name of a constant; send its value`;
      return [{ rule: "constant-name", message: words }];
    }
    if (issue.input === undefined && !isThere(issue)) {
      return [{ rule: "missing-field", message: `${method}: ${path} is missing`, source, ...lesser(path, context) }];
    }
    const value = issue.input === undefined ? "there, but undefined" : quote(issue.input);
    const wanted = issue.expected ?? issue.type;
    return [{ rule: "wrong-type", message: `${method}: ${path} is ${value}; expected ${wanted}`, source }];
  });
  const warnings = missing.flatMap((name): Fault[] => {
    if (context.isOld) return [];
    const words = `${method}: ${name} is missing`;
    return [{ rule: "missing-field", message: words, severity: "warning", source: disputed[type]?.[name] ?? source }];
  });
  return [...warnings, ...faults];
}

type Issue = v.BaseIssue<unknown>;

/** Whether the field is in its object, though undefined. */
function isThere({ path }: Issue): boolean {
  const last = path?.at(-1);
  const parent: unknown = last?.input;
  return typeof parent === "object" && parent !== null && Object.hasOwn(parent, String(last?.key));
}

/** What nobody can ask of this app or for this call. */
function mayBe(type: MessageType, path: string, value: unknown, { call, isOld }: Context): boolean {
  // READY has no engagementId when no call runs, and initialized hands on what READY brought.
  if (type === "INITIALIZED" && path === "engagementId" && value === undefined) return true;
  if (value === undefined && isOld && later.includes(path)) return true;
  if (value === undefined && path === "externalCallId" && call?.externalCallId === "") return true; // told at its start
  return ofTheEnd.includes(type) && path === "engagementId" && isNone(value) && !!call && call.engagement !== "created";
}

/** An id that is missing costs nothing where the call is recognised by the other. */
function lesser(path: string, { call }: Context): { severity?: Severity } {
  return call && (path === "externalCallId" || path === "engagementId") ? { severity: "warning" } : {};
}

function numberFaults(type: MessageType, data: unknown): Fault[] {
  const fields = fieldsOf(data);
  return ["fromNumber", "toNumber", "phoneNumber"].flatMap((name): Fault[] => {
    const number = fields[name];
    if (typeof number !== "string" || e164.test(number)) return [];
    const words = `${outbound[type].method}: ${name} is ${quote(number)}; E.164 is + and up to 15 digits`;
    return [{ rule: "not-e164", message: words }];
  });
}

function methodFaults(type: MessageType): Fault[] {
  if (type !== "PUBLISH_TO_CHANNEL") return [];
  return [{ rule: "deprecated", message: "publishToChannel is deprecated for finalizeEngagement" }];
}
