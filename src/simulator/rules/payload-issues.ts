// Compares a payload with its schema, and leaves out what this app cannot know about this call.
import * as v from "valibot";
import { fieldsOf } from "../../protocol/fields.ts";
import type { MessageType } from "../../protocol/message-types.ts";
import { outbound } from "../../protocol/messages.ts";
import { isStart } from "../calls/ledger.ts";
import type { Message } from "../calls/message.ts";
import type { AppMessage } from "./rule.ts";

/** Where the payload differs from its schema. */
export type PayloadIssue = {
  kind: "missing" | "disputed" | "constant" | "wrong";
  /** The field, with dots for fields in fields. */
  path: string;
  value: unknown;
  expected: string;
  source: string;
};

/** Fields on which the types and the pages of the vendor disagree. If one is missing, the source names both. */
const disputed: Partial<Record<MessageType, { [field: string]: string }>> = {
  OUTGOING_CALL_STARTED: {
    externalCallId: "the types of SDK 0.9.7 require it, the vendor's page on the calling SDK does not",
    fromNumber: "the vendor's page on the calling SDK requires it, the types of SDK 0.9.7 do not",
  },
  INCOMING_CALL: {
    externalCallId: "the types of SDK 0.9.7 require it, the vendor's page on receiving calls does not have it",
  },
};
/** Fields that SDKs older than 0.2 do not have. */
const newFields = ["externalCallId", "engagementId", "fromNumber", "toNumber"];
/** These need an engagementId, which an app does not have if its call got no engagement. */
const ofTheEnd: MessageType[] = ["CALL_ENDED", "CALL_COMPLETED"];

/** Whether a value stands for "no id": apps write that in many ways. */
export function isNoId(value: unknown): boolean {
  return value === undefined || value === null || value === 0 || value === "" || Number.isNaN(value);
}

/** Several rules ask for the issues of the same message. */
const known = new WeakMap<Message, PayloadIssue[]>();

export function issuesOf(sent: AppMessage): PayloadIssue[] {
  const issues = known.get(sent.message) ?? findIssues(sent);
  known.set(sent.message, issues);
  return issues;
}

function findIssues(sent: AppMessage): PayloadIssue[] {
  const { type, isOldSdk } = sent;
  const { data: schema, source } = outbound[type];
  const data = withToNumber(sent);
  const { issues = [] } = v.safeParse(schema, data ?? {});
  const fields = typeof (data ?? {}) === "object" ? fieldsOf(data) : (disputed[type] ?? {});
  const missing = Object.entries(disputed[type] ?? {}).filter(([name]) => !Object.hasOwn(fields, name));
  const warnings = missing.map(([path, source]): PayloadIssue => {
    return { kind: "disputed", path, value: undefined, expected: "", source };
  });
  const others = issues.flatMap((whole): PayloadIssue[] => {
    const issue = whole.issues?.find(({ path }) => path) ?? whole; // of a union: what its first variant lacks
    const path = (v.getDotPath(issue) ?? "data").slice(0, 80);
    if (missing.some(([name]) => name === path) || isExcused(sent, path, issue.input)) return [];
    const expected = `${issue.expected ?? issue.type}`;
    return [{ kind: kindOf(issue), path, value: issue.input, expected, source }];
  });
  return [...(isOldSdk ? [] : warnings), ...others];
}

/** The deprecated phoneNumber counts as toNumber. */
function withToNumber({ type, message: { data } }: AppMessage): unknown {
  const { phoneNumber, ...rest } = fieldsOf(data);
  if (type !== "OUTGOING_CALL_STARTED" || phoneNumber === undefined) return data;
  return Object.hasOwn(rest, "toNumber") ? rest : { ...rest, toNumber: phoneNumber };
}

type Issue = v.BaseIssue<unknown>;

function kindOf(issue: Issue): PayloadIssue["kind"] {
  if (typeof issue.input === "string" && issue.input.startsWith("INTERNAL_")) return "constant";
  return issue.input === undefined && !isInItsObject(issue) ? "missing" : "wrong";
}

/** Whether the field is in its object, though its value is undefined. */
function isInItsObject({ path }: Issue): boolean {
  const last = path?.at(-1);
  const parent: unknown = last?.input;
  return typeof parent === "object" && parent !== null && Object.hasOwn(parent, String(last?.key));
}

function isExcused({ type, before, isOldSdk }: AppMessage, path: string, value: unknown): boolean {
  // READY has no engagementId when no call runs, and initialized passes on what READY brought.
  if (type === "INITIALIZED" && path === "engagementId" && value === undefined) return true;
  if (value === undefined && isOldSdk && newFields.includes(path)) return true;
  if (!before || isStart(type)) return false;
  // That the call has no externalCallId is reported at its start.
  if (value === undefined && path === "externalCallId" && before.externalCallId === "") return true;
  return ofTheEnd.includes(type) && path === "engagementId" && isNoId(value) && before.engagement !== "created";
}
