// The code in a test that repeats a logged session step by step.
import { fieldsOf } from "../../protocol/fields.ts";
import { isMessageType } from "../../protocol/message-types.ts";
import { outbound } from "../../protocol/messages.ts";
import { isStart } from "../calls/call-messages.ts";
import { sampleRecords } from "../crm/sample-records.ts";
import { literal } from "./literal.ts";
import { actionName, type LoggedCall, LoggedCalls } from "./logged-calls.ts";
import type { Line } from "./replay.ts";

type Step = { line: Line; previous: Line | undefined; next: Line | undefined; isCalling: boolean };

/** If a message follows an event within this time, the app sent the message by itself, because a user would need longer. */
const reactionTimeMs = 100;
/** One user action can cause several messages. They follow each other within this time, faster than a user can act. */
const sameActionMs = 20;

/** What is known while the lines of code are created. `variables` contains the calls for which the test has a variable. */
type Draft = { isKnownApp: boolean; calls: LoggedCalls; userActions: Set<string>; variables: Set<LoggedCall> };

/** Returns the test's code, and the names of the user actions in it. The log's first message is READY. */
export function codeOfSteps(lines: readonly Line[], isKnownApp: boolean): { body: string[]; userActions: string[] } {
  const steps = stepsOf(lines);
  const userActions = new Set<string>();
  const draft = { isKnownApp, calls: new LoggedCalls(lines), userActions, variables: new Set<LoggedCall>() };
  // The first pass finds the calls that later lines refer to. In the second pass, these calls get variables.
  for (const step of steps) codeOf(step, draft);
  return { body: steps.flatMap((step) => codeOf(step, draft)), userActions: [...userActions] };
}

function stepsOf(lines: readonly Line[]): Step[] {
  /** The externalCallIds of the calls in progress. An inbound call can wait during another call. */
  const running = new Set<unknown>();
  return lines.slice(1).map((line, index) => {
    const step = { line, previous: lines[index], next: lines[index + 2], isCalling: running.size > 0 };
    const { externalCallId } = fieldsOf(line.data);
    if (line.type === "OUTGOING_CALL_STARTED") running.clear();
    if (isStart(line.type)) running.add(externalCallId);
    // Without an externalCallId, the log does not show which call ended.
    if (line.type === "CALL_ENDED" && !running.delete(externalCallId)) running.clear();
    return step;
  });
}

function codeOf(step: Step, draft: Draft): string[] {
  if (step.line.from === "hubspot") return eventCode(step, draft);
  const { type } = step.line;
  if (type === "INITIALIZED" && step.previous?.type === "READY") return [];
  const { isKnownApp, calls, userActions } = draft;
  const method = isMessageType(type) ? outbound[type].method : type;
  const name = isKnownApp ? method : actionName(type, method, calls.callOf(step.line));
  // By itself, the package's calling app sends only initialized and its answer to END_CALL.
  const isByUser = !isFromSdk(step) && (isKnownApp ? step.previous?.type !== "END_CALL" : !isAutomatic(step));
  if (isByUser) userActions.add(name);
  const action = isKnownApp ? `await press(${literal(name)});` : `await ${name}(hubspot.app);`;
  return [...(isByUser ? [action] : []), ...waitCode(step.line, draft)];
}

/** After an unknown event, the SDK sends ERROR by itself. */
const isFromSdk = ({ line: { type, data } }: Step) =>
  type === "ERROR" && fieldsOf(data).type === "UNKNOWN_MESSAGE_TYPE";

const isAutomatic = ({ line, previous }: Step) =>
  previous !== undefined && line.at - previous.at < (previous.from === "app" ? sameActionMs : reactionTimeMs);

/**
 * For an outgoing call, also expects the called number. If the log contains several calls, also expects each message to be about
 * the same call as in the log. Does not compare other fields, which may contain what the user typed.
 */
function waitCode(line: Line, { calls, variables }: Draft): string[] {
  const { type, data } = line;
  const wait = `await hubspot.waitFor(${literal(type)})`;
  const { toNumber, externalCallId } = fieldsOf(data);
  const call = calls.callOf(line);
  const starts = isStart(type);
  const number = type === "OUTGOING_CALL_STARTED" && typeof toNumber === "string" ? literal({ toNumber }) : undefined;
  if (starts && call && variables.has(call)) {
    const expected = number === undefined ? [] : [`expect(${call.name}).toMatchObject(${number});`];
    return [`const ${call.name} = Object((${wait}).data);`, ...expected];
  }
  if (number !== undefined) return [`expect((${wait}).data).toMatchObject(${number});`];
  if (!calls.hasSeveral || starts || !call || call !== calls.named(externalCallId)) return [`${wait};`];
  variables.add(call);
  return [`expect((${wait}).data).toMatchObject({ externalCallId: ${call.name}.externalCallId });`];
}

function eventCode(step: Step, draft: Draft): string[] {
  const { type, data } = step.line;
  if (type === "READY") return [isLoadedByMessage(step) ? "await hubspot.ready;" : "await hubspot.reload();"];
  if (type === "DIAL_NUMBER") return [dialCode(step)];
  if (type === "VISIBILITY_CHANGED") return visibilityCode(step);
  if (isReply(type)) return [];
  return [`await hubspot.send(${literal(type)}${data === undefined ? "" : `, ${dataCode(data, draft)}`});`];
}

/** Replaces the log's ids with code that returns this run's ids. */
function dataCode(data: unknown, { calls, variables }: Draft): string {
  const code: string[] = [];
  const idCode = (name: string, value: unknown) => {
    const call = name === "externalCallId" ? calls.named(value) : calls.withEngagement(value);
    if (!call) return value;
    variables.add(call);
    const source = name === "externalCallId" ? call.name : `(await idsOf(${call.name}))`;
    return `\uE000${code.push(`${source}.${name}`) - 1}\uE000`;
  };
  const text = JSON.stringify(data, (name, value) =>
    /^(externalCallId|engagementId)$/.test(name) ? idCode(name, value) : value,
  );
  const both = /^\{ externalCallId: (\w+)\.externalCallId, engagementId: \(await idsOf\(\1\)\)\.engagementId \}$/;
  return literal(JSON.parse(text))
    .replace(/"\uE000(\d+)\uE000"/g, (found, index) => code[Number(index)] ?? found)
    .replace(both, "await idsOf($1)");
}

const isLoadedByMessage = ({ previous }: Step) =>
  /^(NAVIGATE_TO_RECORD|SET_WIDGET_URL|CALL_COMPLETED|UPDATE_ENGAGEMENT_\w+)$/.test(previous?.type ?? "");

/** The test does not send the replies in the log, because the simulator replies again during the test. */
const isReply = (type: string) =>
  type === "ENGAGEMENT_CREATED" ||
  Object.values(outbound).some(({ answers }) => answers.some((reply) => reply === type));

function dialCode({ line: { type, data }, isCalling }: Step): string {
  const { calleeInfo, phoneNumber, objectId } = fieldsOf(data);
  const record = sampleRecords.find((candidate) => candidate.objectId === fieldsOf(calleeInfo).calleeId);
  if (!record) return `await hubspot.send(${literal(type)}, ${literal(data)});`;
  const call = {
    recordId: record.objectId,
    ...(phoneNumber !== record.numbers[0]?.number && { phoneNumber }),
    ...(objectId !== record.objectId && { pageRecordId: objectId }),
    ...(isCalling && { force: true }),
  };
  return `await hubspot.dial(${literal(call)});`;
}

/** callCompleted hides the widget, and dialing shows the widget. Otherwise, the user pressed a button. */
function visibilityCode({ line, previous, next }: Step): string[] {
  const { isHidden, isMinimized } = fieldsOf(line.data);
  if (isHidden === true && previous?.type === "CALL_COMPLETED") return [];
  if (next?.type === "DIAL_NUMBER") return [];
  const button = isMinimized === true ? "Minimize" : "Show the widget";
  return [`await hubspot.page.getByRole("button", { name: ${literal(button)} }).click();`];
}
