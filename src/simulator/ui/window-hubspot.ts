// window.hubspot: what a test drives the simulator with, and asks it. Stable; the README shows it in use.

import { textOf } from "../../protocol/fields.ts";
import { isMessageType } from "../../protocol/message-types.ts";
import type { Engagement } from "../calls/engagement.ts";
import type { Message } from "../calls/message.ts";
import type { Finding } from "../rules/finding.ts";
import { records } from "../session/crm-records.ts";
import type { Engagements } from "../session/engagements.ts";
import type { Verdict } from "../session/replay.ts";
import { type ReplyMode, replies } from "../session/replies.ts";
import type { Session } from "../session/session.ts";
import type { Dial } from "./call-button.ts";
import type { Clear } from "./clear-buttons.ts";
import { createMessageQueue } from "./message-queue.ts";
import { quiet, type Readiness } from "./readiness.ts";
import type { ReplayOptions } from "./replay-tab.ts";

declare global {
  interface Window {
    hubspot: Hubspot;
  }
}

export type Hubspot = {
  /**
   * SYNC_ACK and INITIALIZED have come (SYNC_ACK alone, where the app is to be silent); the version is the SDK's own word.
   * Each page that the frame loads has a new promise. It rejects, in words, when the app does not get so far.
   */
  readonly ready: Promise<{ version: string }>;
  /** The app has said that its user is logged in. It waits as long as a person takes, and rejects as `ready`. */
  readonly loggedIn: Promise<void>;
  /**
   * As pressing Call; by default on the first record, with its first number. Resolves when DIAL_NUMBER is sent, be it in
   * the calling window. Rejects with an Error that says what to do when there is no such record, the app is not ready or
   * its user not logged in, and while a call runs, unless it is told `force`.
   */
  dial(call?: { recordId?: number; phoneNumber?: string; force?: boolean }): Promise<void>;
  /** Closes the app's frame, as closing the tab. Gives all findings, with those that only the end can tell. */
  close(): Promise<Finding[]>;
  /** Clears the engagements (at the server too), the findings or the messages; without a word, all of them. */
  clear(what?: "engagements" | "findings" | "messages"): void;
  /**
   * Sends any event, as it is.
   * @throws an Error when the payload cannot be posted, as a function cannot
   */
  send(type: string, data?: unknown): void;
  /**
   * Chooses how messages of the app are answered from now on.
   * @param type of the app's message, as OUTGOING_CALL_STARTED
   * @param delay milliseconds
   * @throws an Error when HubSpot does not answer such a message
   */
  answer(type: string, how: ReplyMode, delay?: number): void;
  /**
   * The next message of that type from the app that no waitFor has taken yet.
   * @param timeout milliseconds, 10,000 by default; then it rejects with an Error that names the type
   */
  waitFor(type: string, timeout?: number): Promise<Message>;
  messages(): Message[];
  engagements(): Engagement[];
  findings(): Finding[];
  /**
   * Plays a downloaded log, as the page does: HubSpot's events in order, each when the app has sent what it sent before it
   * then. Resolves with the differences. Rejects with an Error that names the line of a log that is none.
   * @param options `here` begins in the frame as it stands; `timeout` (milliseconds, 10,000 by default) is how long a
   * message of the app's is waited for
   */
  replay(log: string, options?: ReplayOptions): Promise<Verdict[]>;
};

/** What a script does as the user does it in the page. */
type UserActions = {
  dial: Dial;
  clear: Clear;
  replay(log: string, options: ReplayOptions): Promise<Verdict[]>;
};

export function createWindowHubspot(
  session: Session,
  engagements: Pick<Engagements, "all">,
  readiness: Readiness,
  userActions: UserActions,
): Hubspot {
  const queue = createMessageQueue(session);
  return {
    get ready() {
      return readiness.ready;
    },
    get loggedIn() {
      return readiness.loggedIn;
    },
    dial: (call) => quiet(dial(call, userActions.dial)),
    async close() {
      session.close();
      return [...session.findings];
    },
    clear(what) {
      for (const clear of clearsFor(what, userActions.clear)) clear();
    },
    send(type, data) {
      assertCloneable(type, data);
      session.send(String(type), data);
    },
    answer(type, how, delay = 0) {
      if (!["succeed", "fail", "never"].includes(how)) {
        throw new Error(`answer: "${textOf(how)}" is not succeed, fail or never`);
      }
      if (!isMessageType(type) || !replies[type]) {
        const types = Object.keys(replies).join(", ");
        throw new Error(`answer: HubSpot does not answer ${textOf(type)}; it answers ${types}`);
      }
      if (!(delay >= 0)) throw new Error(`answer: the delay must be milliseconds, and is ${textOf(delay)}`);
      session.answer(type, how, delay);
    },
    waitFor: (type, timeout = 10_000) => quiet(queue.waitFor(type, timeout)),
    messages: () => [...session.messages],
    engagements: () => [...engagements.all()],
    findings: () => [...session.findings],
    replay: (log, options) => quiet(replay(log, options, userActions.replay)),
  };
}

async function dial(call: Parameters<Hubspot["dial"]>[0] = {}, dialRecord: Dial): Promise<void> {
  const { recordId, phoneNumber, force = false } = call;
  const record = recordId === undefined ? records[0] : records.find(({ objectId }) => objectId === recordId);
  if (!record) {
    const ids = records.map(({ objectId }) => objectId).join(", ");
    throw new Error(`dial: no record has the id ${textOf(recordId)}; there are ${ids}`);
  }
  const [first] = record.numbers;
  const phone = record.numbers.find(({ number }) => number === phoneNumber) ?? first;
  if (phone) await dialRecord(record, { ...phone, number: phoneNumber ?? phone.number }, force);
}

async function replay(log: string, options: ReplayOptions = {}, play: UserActions["replay"]): Promise<Verdict[]> {
  const verdicts = await play(log, { timeout: 10_000, ...options });
  return verdicts.filter(({ outcome }) => outcome !== "same");
}

function clearsFor(what: string | undefined, clear: Clear): (() => void)[] {
  const kinds = Object.entries(clear);
  const wanted = kinds.filter(([kind]) => what === undefined || kind === what);
  if (wanted.length > 0) return wanted.map(([, clearKind]) => clearKind);
  throw new Error(`clear: "${textOf(what)}" is not ${kinds.map(([kind]) => kind).join(", ")}`);
}

function assertCloneable(type: string, data: unknown): void {
  try {
    structuredClone(data);
  } catch (error) {
    throw new Error(`send: the payload of ${textOf(type)} cannot be posted: ${textOf(error)}`);
  }
}
