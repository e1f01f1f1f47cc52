// Compares a payload with its schema. Ignores missing fields whose value the app cannot know.
import * as v from "valibot";
import { fieldsOf } from "../../protocol/fields.ts";
import type { MessageType } from "../../protocol/message-types.ts";
import { outbound } from "../../protocol/messages.ts";
import { isStart } from "../calls/ledger.ts";
import type { Message } from "../calls/message.ts";
import type { AppMessage } from "./rule.ts";

export type PayloadIssue = {
  kind: "missing" | "disputed" | "constant" | "wrong";
  /** For example `engagementProperties.hs_call_duration`. */
  path: string;
  value: unknown;
  expected: string;
  source: string;
};

/** The SDK's types and HubSpot's documentation disagree on whether these fields are required. A finding cites the text. */
const disputed: Partial<Record<MessageType, { [field: string]: string }>> = {
  OUTGOING_CALL_STARTED: {
    externalCallId: "required by the types of SDK 0.9.7, but not by HubSpot's documentation (calling SDK page)",
    fromNumber: "required by HubSpot's documentation (calling SDK page), but not by the types of SDK 0.9.7",
  },
  INCOMING_CALL: {
    externalCallId: "required by the types of SDK 0.9.7, but missing from HubSpot's documentation (receive calls page)",
  },
};
/** Fields that SDKs older than 0.2 do not have. */
const newFields = ["externalCallId", "engagementId", "fromNumber", "toNumber"];
/** These messages require an engagementId. If HubSpot created no engagement for the call, the app does not have one. */
const endMessages: MessageType[] = ["CALL_ENDED", "CALL_COMPLETED"];

/** Apps use all of these values for a missing id. */
export function isNoId(value: unknown): boolean {
  return value === undefined || value === null || value === 0 || value === "" || Number.isNaN(value);
}

/** Several rules read the same message's issues. */
const cache = new WeakMap<Message, PayloadIssue[]>();

export function issuesOf(sent: AppMessage): PayloadIssue[] {
  const issues = cache.get(sent.message) ?? findIssues(sent);
  cache.set(sent.message, issues);
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
    const issue = whole.issues?.find(({ path }) => path) ?? whole; // For a union, this is its first variant's first issue.
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
  return issue.input === undefined && !hasUndefinedField(issue) ? "missing" : "wrong";
}

/** Whether the field exists with the value undefined. */
function hasUndefinedField({ path }: Issue): boolean {
  const last = path?.at(-1);
  const parent: unknown = last?.input;
  return typeof parent === "object" && parent !== null && Object.hasOwn(parent, String(last?.key));
}

function isExcused({ type, before, isOldSdk }: AppMessage, path: string, value: unknown): boolean {
  // If no call is running, READY has no engagementId for initialized to return.
  if (type === "INITIALIZED" && path === "engagementId" && value === undefined) return true;
  if (value === undefined && isOldSdk && newFields.includes(path)) return true;
  if (!before || isStart(type)) return false;
  // The start of the call already reported the missing externalCallId.
  if (value === undefined && path === "externalCallId" && before.externalCallId === "") return true;
  return endMessages.includes(type) && path === "engagementId" && isNoId(value) && before.engagement !== "created";
}
