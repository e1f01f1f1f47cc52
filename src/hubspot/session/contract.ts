// What a calling app does wrong, with the rule that it breaks and where the rule comes from. No DOM: it is told of the
// messages, in order, and says what it found.
import * as v from "valibot";
import { e164 } from "../../protocol/e164.ts";
import { outbound } from "../../protocol/messages.ts";
import { type Fields, fieldsOf, isMessageType, type MessageType, textOf } from "./answers.ts";
import { type Rule, rules, type Severity } from "./rules.ts";

/** `at` is in milliseconds since 1970. */
export type Message = { at: number; from: "app" | "hubspot"; type: string; data?: unknown };
/** `at` is in milliseconds since 1970; `about` is the index of the message that it is about, if it is about one. */
export type Finding = {
  rule: Rule;
  severity: Severity;
  message: string;
  source: string;
  at: number;
  about?: number;
};
/** A finding as it is made, with the message itself. */
export type Found = Omit<Finding, "at" | "about"> & { about?: Message };

const order = ["started", "answered", "ended", "completed"] satisfies Call["state"][];
type Call = { state: "started" | "answered" | "ended" | "completed"; hasEngagement: boolean };

/** Where each message about a call leads to, and from where it may. Transfers are undocumented: they change nothing. */
const steps: Partial<Record<MessageType, { from: Call["state"][]; to?: Call["state"] }>> = {
  CALL_ANSWERED: { from: ["started"], to: "answered" },
  CALL_TRANSFERRED: { from: ["started", "answered"] },
  CALL_ENDED: { from: ["started", "answered"], to: "ended" },
  CALL_COMPLETED: { from: ["ended"], to: "completed" },
};
const ofEngagement: MessageType[] = ["CALL_ENDED", "CALL_COMPLETED", "FINALIZE_ENGAGEMENT", "PUBLISH_TO_CHANNEL"];
const starts: MessageType[] = ["OUTGOING_CALL_STARTED", "INCOMING_CALL"];

/** Messages with which a remote does not speak for the call; resizing itself is its own affair (inferred). */
const ofTheFrame: MessageType[] = ["RESIZE_WIDGET"];

/**
 * Opens a contract over one session.
 * @param found is told of each finding as it is made
 */
export function openContract(found: (finding: Found) => void) {
  const calls = new Map<unknown, Call>();
  let latest: Call | undefined;
  const engagementIds = new Set<string>();
  let loggedIn = false;
  /** The message that is being looked at. */
  let about: Message | undefined;

  function report(rule: Rule, message: string, source: string = rules[rule].source): void {
    found({ rule, severity: rules[rule].severity, message, source, ...(about && { about }) });
  }

  function checkShape(type: MessageType, data: unknown): void {
    const { data: shape, source, method } = outbound[type];
    const result = v.safeParse(shape, withoutUndefined(data ?? {}));
    for (const whole of result.issues ?? []) {
      const issue = whole.issues?.find(({ path }) => path) ?? whole; // of a union: what its first variant lacks
      const path = v.getDotPath(issue) ?? "data";
      if (typeof issue.input === "string" && issue.input.startsWith("INTERNAL_")) {
        report("constant-name", `${method}: ${path} is "${issue.input}", the name of a constant; send its value`);
      } else if (issue.input === undefined) {
        report("missing-field", `${method}: ${path} is missing`, source);
      } else {
        const wanted = issue.expected ?? issue.type;
        report("wrong-type", `${method}: ${path} is ${show(issue.input)}; expected ${wanted}`, source);
      }
    }
  }

  function checkNumbers(type: MessageType, fields: Fields): void {
    for (const name of ["fromNumber", "toNumber", "phoneNumber"]) {
      const number = fields[name];
      if (typeof number === "string" && !e164.test(number)) {
        report("not-e164", `${outbound[type].method}: ${name} is ${show(number)}; E.164 is + and up to 15 digits`);
      }
    }
  }

  function checkStart(type: MessageType, { externalCallId, createEngagement }: Fields): void {
    if (!starts.includes(type)) return;
    const { method } = outbound[type];
    if (!loggedIn) report("not-logged-in", `${method}: before initialized with isLoggedIn, or userLoggedIn`);
    giveUp(`when ${method} started the next`);
    const before = calls.get(externalCallId);
    if (createEngagement === true && before?.hasEngagement) {
      report("duplicate-engagement", `${method}: ${show(externalCallId)} has an engagement, and asks for another`);
    }
    latest = { state: "started", hasEngagement: createEngagement === true || before?.hasEngagement === true };
    if (externalCallId !== undefined) calls.set(externalCallId, latest);
  }

  function checkCall(type: MessageType, { externalCallId, engagementId }: Fields): void {
    const { method } = outbound[type];
    const step = steps[type];
    if (ofEngagement.includes(type) && engagementId !== undefined && !isKnown(engagementId)) {
      report("unknown-call", `${method}: no call has the engagementId ${show(engagementId)}`);
    }
    if (!step && !ofEngagement.includes(type)) return;
    const call = calls.get(externalCallId);
    if (!call && externalCallId !== undefined) {
      report("unknown-call", `${method}: no call has the externalCallId ${show(externalCallId)}`);
    }
    if (!call || !step) return;
    if (!step.from.includes(call.state)) {
      report(
        "out-of-order",
        `${method}: ${show(externalCallId)} is ${call.state}, but must be ${step.from.join(" or ")}`,
      );
    }
    if (step.to && order.indexOf(step.to) > order.indexOf(call.state)) call.state = step.to;
  }

  const isKnown = (engagementId: unknown) => Number.isNaN(engagementId) || engagementIds.has(textOf(engagementId));

  function giveUp(when: string): void {
    for (const [externalCallId, call] of calls) {
      if (call.state !== "ended") continue;
      report(
        "ghost-call",
        `callCompleted did not come for ${show(externalCallId)}; it was ended, not completed, ${when}`,
      );
      calls.delete(externalCallId);
    }
  }

  function look({ type, data }: Message, silent: boolean): void {
    if (!isMessageType(type)) {
      report("unknown-type", `${show(type)} is no message of the SDK`);
      return;
    }
    const fields = fieldsOf(data);
    if (silent && !ofTheFrame.includes(type)) report("remote-speaks", `the remote sent ${type}`);
    checkShape(type, data);
    checkNumbers(type, fields);
    checkStart(type, fields);
    checkCall(type, fields);
    if (type === "INITIALIZED") loggedIn = fields.isLoggedIn === true;
    if (type === "LOGGED_IN") loggedIn = true;
    if (type === "LOGGED_OUT") loggedIn = false;
  }

  return {
    /** The app sent this. `silent` says that it came from a remote while a calling window is in use. */
    appSent(message: Message, silent = false): void {
      about = message;
      look(message, silent);
      about = undefined;
    },
    /** HubSpot sent this: the engagements that it names are known from now on. */
    hubspotSent({ type, data }: Message): void {
      const { engagementId } = fieldsOf(data);
      if (engagementId !== undefined) engagementIds.add(textOf(engagementId));
      if (type === "CREATE_ENGAGEMENT_FAILED" && latest) latest.hasEngagement = false;
    },
    /** A call that another tab or an earlier page of the session began. */
    callExists(externalCallId: string, state: Call["state"], engagementId: number): void {
      calls.set(externalCallId, { state, hasEngagement: true });
      engagementIds.add(textOf(engagementId));
    },
    /** The page is gone: what ended and was not completed never will be, and the next one has to say who is logged in. */
    frameGone(): void {
      giveUp("when its frame went");
      loggedIn = false;
    },
    /** What only the clock finds. */
    report,
    isLoggedIn: () => loggedIn,
    /** Whether a call was started and has not ended. */
    isCalling: () => [...calls.values()].some(({ state }) => state === "started" || state === "answered"),
  };
}

function show(value: unknown): string {
  return (typeof value === "string" ? JSON.stringify(value) : textOf(value)).slice(0, 80);
}

/** A field that is undefined is a field that is not there. No shape goes deeper than two; data may, or in circles. */
function withoutUndefined(value: unknown, depth = 2): unknown {
  if (depth === 0 || typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [name, withoutUndefined(field, depth - 1)]));
}
