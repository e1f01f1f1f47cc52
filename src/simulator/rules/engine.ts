// What a calling app does wrong, with the rule that it breaks and where the rule comes from. No DOM and no clock: it is
// told of the messages, in order, and says what it found.

import { type Fields, fieldsOf, quote } from "../../protocol/fields.ts";
import { isMessageType, type MessageType } from "../../protocol/message-types.ts";
import { inbound, outbound } from "../../protocol/messages.ts";
import { type Call, type CallState, type Calls, engagementIdOf, isLater, isRunning, nameOf } from "../session/calls.ts";
import { type Fault, faultsIn, isNone } from "./payload.ts";
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

/** Where each message about a call leads to, and from where it may. Transfers are undocumented: they change nothing. */
const steps: Partial<Record<MessageType, { from: CallState[]; to?: CallState; was: string }>> = {
  CALL_ANSWERED: { from: ["started"], to: "answered", was: "answered" },
  CALL_TRANSFERRED: { from: ["started", "answered"], was: "transferred" },
  CALL_ENDED: { from: ["started", "answered"], to: "ended", was: "ended" },
  CALL_COMPLETED: { from: ["ended"], to: "completed", was: "completed" },
};
/** When a step came that was not to come, by the state that the call was in. */
const whens: Record<CallState, string> = {
  started: "before it ended",
  answered: "before it ended",
  ended: "after the end",
  completed: "after it was completed",
};
const ofEngagement: MessageType[] = ["CALL_ENDED", "CALL_COMPLETED", "FINALIZE_ENGAGEMENT", "PUBLISH_TO_CHANNEL"];
const starts: MessageType[] = ["OUTGOING_CALL_STARTED", "INCOMING_CALL"];
const isOfCall = (type: MessageType) => starts.includes(type) || ofEngagement.includes(type) || !!steps[type];

/** Frames that are to be silent, with the rule that they break when they speak. */
const mutes = { remote: "remote-speaks", window: "window-speaks" } as const;
export type Mute = keyof typeof mutes;
/** With these a frame does not speak for the call: its size is its own affair (inferred), unknown events are the SDK's. */
const ofTheFrame: MessageType[] = ["RESIZE_WIDGET"];

/** A duration below the first, of a call that was answered longer ago than the second, is in seconds. Milliseconds. */
const shortest = { given: 1000, seen: 2000 };

/**
 * Opens a contract over one session.
 * @param found is told of each finding as it is made
 */
export function openContract(calls: Calls, found: (finding: Found) => void) {
  let loggedIn = false;
  let isOld = false;
  let sentDeprecated = false;
  /** What was told since the last call began or was completed, which each call is told of anew. */
  let toldOfCall = new Set<string>();
  /** What was told of the app at large. */
  const told = new Set<string>();

  function report(rule: Rule, message: string, about?: Message, given: Partial<Fault> = {}): void {
    found({ ...rules[rule], ...given, rule, message, ...(about && { about }) });
  }

  function once(among: Set<string>, key: string, tell: () => void): void {
    if (among.has(key)) return;
    among.add(key);
    tell();
  }

  /** What an event that the app's SDK does not know keeps from the app. */
  function checkUnhandled(data: unknown, about: Message): void {
    const { type, data: inner } = fieldsOf(data);
    const event = fieldsOf(fieldsOf(inner).originalMessage).type;
    if (type !== "UNKNOWN_MESSAGE_TYPE" || typeof event !== "string" || !Object.hasOwn(inbound, event)) return;
    const isLost = event === "CREATE_ENGAGEMENT_SUCCEEDED" && !sentDeprecated;
    const call = isLost ? calls.last("created") : undefined;
    if (call) call.engagement = "unheard";
    const words = isLost
      ? '; such an SDK learns the engagementId from ENGAGEMENT_CREATED: switch on "ENGAGEMENT_CREATED too" (sendsDeprecated)'
      : "";
    once(told, event, () =>
      report(
        "unhandled-event",
        `the app's SDK does not know ${event}${words}`,
        about,
        isLost ? { severity: "error" } : {},
      ),
    );
  }

  function checkStart(type: MessageType, { externalCallId, createEngagement }: Fields, about: Message): void {
    const { method } = outbound[type];
    if (!loggedIn) report("not-logged-in", `${method}: before initialized with isLoggedIn, or userLoggedIn`, about);
    const name = nameOf(externalCallId);
    const before = name === "" ? undefined : calls.of({ externalCallId });
    giveUp(`when ${method} started the next`, before);
    const has = before && before.engagement !== "none" && before.engagement !== "failed";
    if (createEngagement === true && has) {
      report("duplicate-engagement", `${method}: ${quote(name)} has an engagement, and asks for another`, about);
    }
    calls.begin(name, createEngagement === true, about);
  }

  /** The ids that a message names, and no call has. */
  function checkIds(type: MessageType, { externalCallId, engagementId }: Fields, call: Call | undefined): string[] {
    const unknown: string[] = [];
    const name = nameOf(externalCallId);
    if (call?.externalCallId === "" && name !== "") call.externalCallId = name; // made over REST, it had none of the app's
    if (name !== "" && call?.externalCallId !== name) unknown.push(`no call has the externalCallId ${quote(name)}`);
    const id = engagementIdOf(engagementId);
    if (id === undefined || !ofEngagement.includes(type)) return unknown;
    if (calls.exists(id)) {
      if (call?.engagement === "none") Object.assign(call, { engagement: "created", engagementId: id });
      if (call?.engagementId !== undefined && call.engagementId !== id) {
        unknown.push(`the engagementId ${id} is that of another call than ${quote(call.externalCallId)}`);
      }
    } else if (!call || call.engagement === "created" || (call.engagement !== "none" && !isNone(engagementId))) {
      unknown.push(`no call has the engagementId ${quote(engagementId)}`);
    }
    return unknown;
  }

  function checkStep(type: MessageType, call: Call, about: Message): void {
    const step = steps[type];
    if (!step) return;
    const { from, to, was } = step;
    if (!from.includes(call.state) && !call.blamed.has(call.state)) {
      const when = call.state === to ? "twice" : whens[call.state];
      const words = `${outbound[type].method}: ${quote(call.externalCallId)} was ${was} ${when}`;
      once(call.told, words, () => report("out-of-order", words, about));
      // What is missing in between follows from this, should it still come.
      if (to && isLater(to, call.state)) call.blamed.add(to);
    }
    if (!to) return;
    call.by[to] ??= about;
    if (isLater(to, call.state)) call.state = to;
    else if (call.state === to) call.blamed.delete(to);
  }

  function checkCompletion(call: Call, { engagementProperties }: Fields, about: Message): void {
    if (call.engagement === "none") {
      const words = `callCompleted: ${quote(call.externalCallId)} was started without createEngagement true, so that nothing is on the timeline`;
      once(call.told, "no-engagement", () => report("no-engagement", words, about));
    }
    const { hs_call_duration: duration } = fieldsOf(engagementProperties);
    const { answered, ended } = call.by;
    if (typeof duration !== "string" || !duration.trim() || !answered || !ended) return;
    if (Number(duration) < shortest.given && ended.at - answered.at > shortest.seen) {
      const seconds = Math.round((ended.at - answered.at) / 1000);
      const words = `callCompleted: hs_call_duration is ${quote(duration)}, but the call was answered ${seconds} seconds before its end; it is in milliseconds`;
      report("not-milliseconds", words, about);
    }
  }

  function checkCall(type: MessageType, fields: Fields, call: Call | undefined, about: Message): void {
    for (const words of checkIds(type, fields, call)) {
      once(toldOfCall, words, () => report("unknown-call", `${outbound[type].method}: ${words}`, about));
    }
    if (call) checkStep(type, call, about);
    else blame(steps[type]?.to);
    if (type !== "CALL_COMPLETED") return;
    if (call) checkCompletion(call, fields, about);
    toldOfCall = new Set();
  }

  /** A message that named no call, or another, was about the one under way; that it is lost to it is told. */
  function blame(state: CallState | undefined): void {
    const latest = calls.latest();
    if (!state || !latest || !isLater(state, latest.state)) return;
    latest.state = state;
    latest.blamed.add(state);
  }

  /** It is too late for what has not ended or was not completed; not for the call that goes on. */
  function giveUp(when: string, goesOn?: Call): void {
    for (const call of calls.all()) {
      if (call === goesOn || call.lost || call.state === "completed") continue;
      const { ended = call.by.answered, started } = call.by;
      const name = quote(call.externalCallId);
      if (call.state === "ended") {
        if (call.elsewhere && !call.by.ended) continue;
        const words = `callCompleted did not come for ${name}; it was ended, not completed, ${when}`;
        report("ghost-call", words, ended ?? started);
      } else {
        if (call.elsewhere) continue;
        // One without a name may be the one that is tried again, after its engagement failed.
        const isTriedAgain = call.externalCallId === "" && call.engagement === "failed";
        if (!isTriedAgain && !call.told.has("end-call-ignored")) {
          report(
            "never-ended",
            `callEnded did not come for ${name}; it was ${call.state}, not ended, ${when}`,
            started,
          );
        }
      }
      call.lost = true;
    }
  }

  /** The app sent this. `mute` says which frame it came from, if that one is to be silent. */
  function appSent(message: Message, mute?: Mute): void {
    const { type, data } = message;
    if (!isMessageType(type)) {
      report("unknown-type", `${quote(type)} is no message of the SDK`, message);
      return;
    }
    const fields = fieldsOf(data);
    if (starts.includes(type)) toldOfCall = new Set();
    const isOfSdk = type === "ERROR" && fields.type === "UNKNOWN_MESSAGE_TYPE";
    if (mute && !isOfSdk && !ofTheFrame.includes(type)) {
      once(isOfCall(type) ? toldOfCall : told, `${mute} speaks${isOfCall(type) ? "" : type}`, () =>
        report(mutes[mute], `the ${mute} sent ${type}`, message),
      );
    }
    const call = isOfCall(type) && !starts.includes(type) ? calls.of(fields) : undefined;
    for (const { rule, message: words, ...given } of faultsIn(type, data, { call, isOld })) {
      report(rule, words, message, given);
    }
    if (isOfSdk) checkUnhandled(data, message);
    if (starts.includes(type)) checkStart(type, fields, message);
    else if (isOfCall(type)) checkCall(type, fields, call, message);
    if (type === "INITIALIZED") loggedIn = fields.isLoggedIn === true;
    if (type === "LOGGED_IN") loggedIn = true;
    if (type === "LOGGED_OUT") loggedIn = false;
  }

  return {
    appSent,
    /** HubSpot sent this. `isPlayed` says that it comes from a log. */
    hubspotSent(message: Message, isPlayed = false): void {
      const { type, data } = message;
      const id = engagementIdOf(fieldsOf(data).engagementId);
      if (type === "ENGAGEMENT_CREATED") sentDeprecated = true;
      if (/^(CREATE_ENGAGEMENT_SUCCEEDED|ENGAGEMENT_CREATED)$/.test(type) && id !== undefined)
        calls.created(id, isPlayed);
      if (type === "CREATE_ENGAGEMENT_FAILED") Object.assign(calls.last("asked") ?? {}, { engagement: "failed" });
      if (type === "END_CALL") for (const call of calls.all().filter(isRunning)) call.by.endCall ??= message;
    },
    /** The app's SDK says its version. */
    acknowledged(version: string): void {
      const [, major, minor] = /^(\d+)\.(\d+)\./.exec(version) ?? [];
      isOld = major === "0" && Number(minor) < 2;
      if (!isOld) return;
      once(told, `SDK ${version}`, () =>
        report("old-sdk", `the app has SDK ${quote(version)}; what came with later ones is not asked of it`),
      );
    },
    /** Another page loads in the frame: it has to say who is logged in; a call may go on in it. */
    frameGone(): void {
      loggedIn = false;
      for (const call of calls.all()) delete call.by.endCall;
    },
    /** The app is gone: what is not over never will be. */
    closed: () => giveUp("when its frame went"),
    /** The time is up in which the app should have answered this END_CALL. */
    endIsOverdue(endCall: Message, milliseconds: number): void {
      for (const call of calls.all().filter((one) => isRunning(one) && one.by.endCall === endCall)) {
        const words = `callEnded did not come for ${quote(call.externalCallId)} within ${milliseconds} ms of END_CALL`;
        once(call.told, "end-call-ignored", () => report("end-call-ignored", words, endCall));
      }
    },
    /** What only the clock finds. */
    report: (rule: Rule, message: string) => report(rule, message),
    isLoggedIn: () => loggedIn,
    /** Whether a call was started here and has not ended. */
    isCalling: () => calls.all().some((call) => isRunning(call) && !call.elsewhere),
  };
}
