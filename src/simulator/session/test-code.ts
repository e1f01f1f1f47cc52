// Turns a log into a Playwright test that uses the package's fixture.
import { callStates } from "../../protocol/call-states.ts";
import { fieldsOf } from "../../protocol/fields.ts";
import { isMessageType, type MessageType } from "../../protocol/message-types.ts";
import { outbound } from "../../protocol/messages.ts";
import { isStart } from "../calls/call-messages.ts";
import { Ledger } from "../calls/ledger.ts";
import { RuleEngine } from "../rules/engine.ts";
import { isSameRecord } from "./crm-records.ts";
import { actionName, type LoggedCall, LoggedCalls } from "./logged-calls.ts";
import { hasEveryEventTwice, withoutRepeatedEvents } from "./repeated-events.ts";
import type { Line } from "./replay.ts";
import { failReplies } from "./replies.ts";
import { sampleRecords } from "./sample-records.ts";

export type TestCodeOptions = {
  /** The app's URL; undefined for the package's calling app, whose buttons are known. */
  app: string | undefined;
};

type Step = { line: Line; previous: Line | undefined; next: Line | undefined; isCalling: boolean };

/** If a message follows an event within this time, the app sent the message by itself, because a user would need longer. */
const reactionTimeMs = 100;
/** One user action can cause several messages. They follow each other within this time, faster than a user can act. */
const sameActionMs = 20;

/** What is known while the lines of code are created. `variables` contains the calls for which the test has a variable. */
type Draft = { isKnownApp: boolean; calls: LoggedCalls; userActions: Set<string>; variables: Set<LoggedCall> };

const literal = (value: unknown) =>
  JSON.stringify(value, null, 1)
    .replace(/\n\s*/g, " ")
    .replace(/"(\w+)": /g, "$1: ")
    .replace(/\[ | \]/g, (bracket) => bracket.trim());

/** @throws an Error if the log contains no READY, which starts a session */
export function testCode(lines: readonly Line[], { app }: TestCodeOptions): string {
  const start = lines.findIndex(({ from, type }) => from === "hubspot" && type === "READY");
  if (start < 0)
    throw new Error(
      "The log does not contain READY, which starts a session; reload the app, repeat your actions, and download the log again.",
    );
  const session = lines.slice(start);
  const messages = session.filter(({ from }) => from !== undefined);
  const isTwice = hasEveryEventTwice(messages);
  const unrepeated = isTwice ? withoutRepeatedEvents(messages) : messages;
  const steps = stepsOf(unrepeated);
  const calls = new LoggedCalls(unrepeated);
  const userActions = new Set<string>();
  const draft = { isKnownApp: app === undefined, calls, userActions, variables: new Set<LoggedCall>() };
  // The first pass finds the calls that later lines refer to. In the second pass, these calls get variables.
  for (const step of steps) codeOf(step, draft);
  const body = steps.flatMap((step) => codeOf(step, draft));
  const isIncomplete = app !== undefined && userActions.size > 0;
  const findings = errorsIn(session);
  return [
    ...(isIncomplete ? ['import type { FrameLocator } from "@playwright/test";'] : []),
    'import { expect, test } from "hubspot-calling-app/playwright";',
    "",
    ...useOf(session[0], app, steps, isTwice),
    ...(isIncomplete ? [...userActions].flatMap(todoOf) : []),
    `${isIncomplete ? "// Remove .fixme when every user action is implemented.\ntest.fixme" : "test"}("repeats a session", async ({ hubspot }) => {`,
    ...(app === undefined && userActions.size > 0
      ? [`  const press = (id: string) => hubspot.app.locator(\`#\${id}\`).click();`]
      : []),
    ...(body.some((line) => line.includes("idsOf(")) ? idsOf : []),
    ...(findings.length > 0 ? [`  hubspot.expectFindings(${literal(findings)});`] : []),
    ...body.map((line) => `  ${line}`),
    `  await expect.poll(() => hubspot.engagements()).toMatchObject(${literal(engagementsIn(session))});`,
    "});",
    "",
  ].join("\n");
}

const idsOf = [
  "  /** Returns the ids of a call in this run. The argument is the data of the message that started the call. */",
  "  const idsOf = async ({ externalCallId }: { externalCallId: unknown }) => {",
  "    const engagements = await hubspot.engagements();",
  "    const engagement = engagements.find((each) => each.externalCallId === String(externalCallId));",
  "    return { externalCallId, engagementId: engagement?.engagementId };",
  "  };",
];

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

const defaults = { portalId: 62515, userId: 9, ownerId: 42 };

function useOf(ready: Line | undefined, app: string | undefined, steps: readonly Step[], isTwice: boolean): string[] {
  const { iframeLocation = "widget", usesCallingWindow = true, ...fields } = fieldsOf(ready?.data);
  const ids = Object.entries(defaults).flatMap(([name, value]) =>
    fields[name] === undefined || fields[name] === value ? [] : [[name, fields[name]]],
  );
  const session = {
    ...Object.fromEntries(ids),
    ...(fields.userId === undefined && { withoutUser: true }),
    ...(fields.ownerId === undefined && { withoutOwner: true }),
    ...(steps.some(({ line }) => line.type === "ENGAGEMENT_CREATED") && { sendsDeprecated: true }),
    ...(isTwice && { twice: true }),
  };
  const answers = answersIn(steps);
  const options = {
    ...(app !== undefined && { app }),
    ...(iframeLocation !== "widget" && { iframeLocation }),
    ...(usesCallingWindow !== true && { usesCallingWindow }),
    ...(Object.keys(session).length > 0 && { session }),
    ...(Object.keys(answers).length > 0 && { answers }),
  };
  return Object.keys(options).length > 0 ? [`test.use(${literal(options)});`, ""] : [];
}

/** Returns the message types whose reply was probably set to fail during the session. */
function answersIn(steps: readonly Step[]): Record<string, "fail"> {
  const failed = steps.flatMap(({ line }) => (line.from === "hubspot" && /_FAILED$/.test(line.type) ? [line] : []));
  const types = steps.flatMap(({ line }) =>
    line.from === "app" && isMessageType(line.type) && isSetToFail(line.type, line.data, failed) ? [line.type] : [],
  );
  return Object.fromEntries(types.map((type) => [type, "fail"]));
}

/** A reply can also fail because of the message's data, for example an unknown engagementId. */
function isSetToFail(type: MessageType, data: unknown, failed: readonly Line[]): boolean {
  if (type === "NAVIGATE_TO_RECORD" && !isSampleRecord(fieldsOf(data).objectCoordinates)) return false;
  return failReplies(type, data).some((reply) =>
    failed.some(
      (line) =>
        line.type === reply.event &&
        (alwaysSimulated.test(line.type) || JSON.stringify(line.data) === JSON.stringify(reply.data)),
    ),
  );
}

/** These failures do not depend on the message's data. */
const alwaysSimulated = /^(CREATE_ENGAGEMENT|CALLER_ID_MATCH)_FAILED$/;

function isSampleRecord(coordinates: unknown): boolean {
  const { objectId, objectTypeId } = fieldsOf(coordinates);
  return sampleRecords.some((record) => isSameRecord({ objectId, objectTypeId }, record));
}

function todoOf(name: string): string[] {
  return [
    `// TODO ${name}: rename _app to app, and do what the user did here, for example: await app.getByRole("button", { name: "…" }).click();`,
    `async function ${name}(_app: FrameLocator) {}`,
    "",
  ];
}

/** Returns the ids of the rules under which the session has findings with the severity `error`. */
function errorsIn(lines: readonly Line[]): string[] {
  const rules = new Set<string>();
  const ledger = new Ledger(() => []);
  ledger.isReplaying = true;
  const engine = new RuleEngine(ledger, ({ rule, severity }) => {
    if (severity === "error") rules.add(rule);
  });
  for (const { from, at, type, data } of lines) {
    if (from === "app") engine.appSent({ at, from, type, data });
    if (from === "hubspot") engine.hubspotSent({ at, from, type, data });
  }
  engine.closed();
  return [...rules];
}

const states: Record<string, (typeof callStates)[number]> = {
  CALL_ANSWERED: "answered",
  CALL_ENDED: "ended",
  CALL_COMPLETED: "completed",
};

/** Returns the engagements that HubSpot created during the session, with the last state of each engagement. */
function engagementsIn(lines: readonly Line[]): { state: string; direction: string }[] {
  const loggedCalls = new LoggedCalls(lines);
  const calls: { id: unknown; state: (typeof callStates)[number]; direction: string; isCreated: boolean }[] = [];
  for (const line of lines) {
    const { from, type, data } = line;
    const { externalCallId, createEngagement } = fieldsOf(data);
    const id = loggedCalls.callOf(line)?.externalCallId ?? externalCallId;
    if (from === "app" && createEngagement === true) {
      calls.push({
        id,
        state: "created",
        direction: type === "INCOMING_CALL" ? "INBOUND" : "OUTBOUND",
        isCreated: false,
      });
    }
    const call = calls.findLast((candidate) => candidate.id === id) ?? calls.at(-1);
    if (!call) continue;
    if (type === "CREATE_ENGAGEMENT_SUCCEEDED") call.isCreated = true;
    const state = from === "app" ? states[type] : undefined;
    if (state && callStates.indexOf(state) > callStates.indexOf(call.state)) call.state = state;
  }
  return calls.flatMap(({ isCreated, state, direction }) => (isCreated ? [{ state, direction }] : []));
}
