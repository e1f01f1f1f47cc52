// Compares a payload with its schema. Ignores missing fields whose values the app cannot know.
import * as v from "valibot";
import { type Fields, fieldsOf } from "../../protocol/fields.ts";
import type { MessageType } from "../../protocol/message-types.ts";
import { outbound } from "../../protocol/messages.ts";
import { externalCallIdOf } from "../calls/call-ids.ts";
import { isStart } from "../calls/call-messages.ts";
import type { Message } from "../calls/message.ts";
import type { AppMessage } from "./rule.ts";
import type { SdkTraits } from "./sdk-traits.ts";

export type PayloadIssue = {
  kind: "missing" | "disputed" | "constant" | "wrong";
  /** For example `engagementProperties.hs_call_duration`. */
  path: string;
  value: unknown;
  expected: string;
  source: string;
  /** Whether the message is valid without the field. */
  isOptional: boolean;
};

/** Fields that either the SDK's types or HubSpot's documentation requires, but not both. Each value is the finding's source. */
const disputed: Partial<Record<MessageType, { [field: string]: string }>> = {
  OUTGOING_CALL_STARTED: {
    externalCallId: "required by the types of SDK 0.9.7, but not by HubSpot's documentation (calling SDK page)",
    fromNumber: "required by HubSpot's documentation (calling SDK page), but not by the types of SDK 0.9.7",
  },
  INCOMING_CALL: {
    externalCallId: "required by the types of SDK 0.9.7, but missing from HubSpot's documentation (receive calls page)",
  },
};
/** If HubSpot created no engagement for the call, the app has no engagementId for these messages. */
const endMessages: MessageType[] = ["CALL_ENDED", "CALL_COMPLETED"];

/** An app without an id may send any of these values. */
export function isNoId(value: unknown): boolean {
  return value === undefined || value === null || value === 0 || value === "" || Number.isNaN(value);
}

/** Prevents repeated validation, because several rules read the same message's issues. */
const cache = new WeakMap<Message, PayloadIssue[]>();

export function issuesOf(sent: AppMessage): PayloadIssue[] {
  const issues = cache.get(sent.message) ?? findIssues(sent);
  cache.set(sent.message, issues);
  return issues;
}

function findIssues(sent: AppMessage): PayloadIssue[] {
  const { type, sdk } = sent;
  const { data: schema, source } = outbound[type];
  const data = withoutEmptyId(withToNumber(sent));
  const { issues = [] } = v.safeParse(schema, data ?? {});
  const fields = typeof (data ?? {}) === "object" ? fieldsOf(data) : (disputed[type] ?? {});
  const missing = Object.entries(disputed[type] ?? {}).filter(([name]) => !Object.hasOwn(fields, name));
  const warnings = missing.map(([path, source]): PayloadIssue => {
    return { kind: "disputed", path, value: undefined, expected: "", source, isOptional: false };
  });
  const others = issues.flatMap((whole): PayloadIssue[] => {
    const issue = whole.issues?.find(({ path }) => path) ?? whole; // For a union, the first nested issue with a path.
    const path = (v.getDotPath(issue) ?? "data").slice(0, 80);
    if (missing.some(([name]) => name === path) || isExcused(sent, path, issue.input)) return [];
    const expected = `${issue.expected ?? issue.type}`;
    const isOptional = isValidWithout(schema, data, issue);
    return [{ kind: kindOf(issue), path, value: issue.input, expected, source, isOptional }];
  });
  return [...warnings.filter(({ path }) => !isLacking(sdk, type, path)), ...others, ...missingOnlyId(sent)];
}

/** Before SDKs had an externalCallId, the engagementId was the only id in callCompleted. */
function missingOnlyId({ type, fields, sdk, before }: AppMessage): PayloadIssue[] {
  const isNeeded = type === "CALL_COMPLETED" && !sdk.hasCallIds && before?.engagement === "created";
  const isSent = !isNoId(fields.engagementId) || externalCallIdOf(fields.externalCallId) !== "";
  if (!isNeeded || isSent) return [];
  const source = "documentation of SDKs older than 0.9: callCompleted has the engagementId";
  return [
    {
      kind: "missing",
      path: "engagementId",
      value: fields.engagementId,
      expected: "number",
      source,
      isOptional: false,
    },
  ];
}

/** The deprecated phoneNumber counts as toNumber. */
function withToNumber({ type, message: { data } }: AppMessage): unknown {
  const { phoneNumber, ...rest } = fieldsOf(data);
  if (type !== "OUTGOING_CALL_STARTED" || phoneNumber === undefined) return data;
  return Object.hasOwn(rest, "toNumber") ? rest : { ...rest, toNumber: phoneNumber };
}

/** An empty externalCallId counts as missing. */
function withoutEmptyId(data: unknown): unknown {
  const { externalCallId, ...rest } = fieldsOf(data);
  return externalCallId === "" ? rest : data;
}

type Issue = v.BaseIssue<unknown>;

/** Whether the payload may omit the issue's field. */
function isValidWithout(schema: v.GenericSchema, data: unknown, { path }: Issue): boolean {
  const keys = path?.map(({ key }) => `${key}`) ?? [];
  if (keys.length === 0) return false;
  const { issues = [] } = v.safeParse(schema, without(fieldsOf(data), keys));
  const dotPath = keys.join(".");
  return !issues.some((other) => v.getDotPath(other) === dotPath);
}

function without(fields: Fields, [key = "", ...inner]: readonly string[]): Fields {
  const { [key]: value, ...rest } = fields;
  return inner.length === 0 ? rest : { ...rest, [key]: without(fieldsOf(value), inner) };
}

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

/** Whether the app's SDK version does not have this field in this message. */
function isLacking(
  { hasCallIds, hasTwoNumbers, hasCallCompleted }: SdkTraits,
  type: MessageType,
  path: string,
): boolean {
  if (path === "externalCallId") return !hasCallIds;
  // In the oldest SDKs, callEnded has no payload. callCompleted has always had the engagementId.
  if (path === "engagementId") return !hasCallCompleted && type !== "CALL_COMPLETED";
  return !hasTwoNumbers && (path === "fromNumber" || path === "toNumber");
}

function isExcused({ type, before, sdk }: AppMessage, path: string, value: unknown): boolean {
  // If no call is in progress, READY contains no engagementId, so the app has none to send in initialized.
  if (type === "INITIALIZED" && path === "engagementId" && value === undefined) return true;
  if (value === undefined && isLacking(sdk, type, path)) return true;
  if (!before || isStart(type)) return false;
  // The missing externalCallId was already reported when the call started.
  if (value === undefined && path === "externalCallId" && before.externalCallId === "") return true;
  return endMessages.includes(type) && path === "engagementId" && isNoId(value) && before.engagement !== "created";
}
