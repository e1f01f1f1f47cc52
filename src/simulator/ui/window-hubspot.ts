// window.hubspot: what a test drives the simulator with, and asks it. Stable; the README shows it in use.

import { textOf } from "../../protocol/fields.ts";
import { isMessageType } from "../../protocol/message-types.ts";
import type { Engagement } from "../calls/engagement.ts";
import type { Message } from "../calls/message.ts";
import type { Finding } from "../rules/finding.ts";
import { type CrmRecord, records } from "../session/crm-records.ts";
import type { Engagements } from "../session/engagements.ts";
import type { Verdict } from "../session/replay.ts";
import { answers, type How } from "../session/replies.ts";
import type { Session } from "../session/session.ts";
import type { Dial } from "./call-button.ts";
import { type Handshake, quiet } from "./readiness.ts";
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
  answer(type: string, how: How, delay?: number): void;
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

/** Messages that wait to be taken. */
const kept = 10_000;

type Waiting = { type: string; take: (message: Message) => void };

/** What the page does for a script, as for a person. */
export type Deeds = {
  dial: Dial;
  close(): void;
  clear: Record<"engagements" | "findings" | "messages", () => void>;
  replay(log: string, options: ReplayOptions): Promise<Verdict[]>;
  /** A script has set something that the page shows. */
  changed(): void;
};

/** Makes window.hubspot; `took` is to be told of each message. */
export function makeScriptable(
  session: Session,
  engagements: Engagements,
  handshake: Handshake,
  deeds: Deeds,
): { hubspot: Hubspot; took(message: Message): void; forget(): void } {
  let waiting: Waiting[] = [];
  let untaken: Message[] = [];

  async function dial({ recordId, phoneNumber, force = false }: Parameters<Hubspot["dial"]>[0] = {}): Promise<void> {
    const record = recordId === undefined ? records[0] : records.find(({ objectId }) => objectId === recordId);
    if (!record) throw new Error(`dial: no record has the id ${textOf(recordId)}; there are ${idsOf(records)}`);
    const [first] = record.numbers;
    const known = record.numbers.find(({ number }) => number === phoneNumber) ?? first;
    if (known) await deeds.dial(record, { ...known, number: phoneNumber ?? known.number }, force);
  }

  async function close(): Promise<Finding[]> {
    deeds.close();
    return [...session.findings];
  }

  async function replay(log: string, options: ReplayOptions = {}): Promise<Verdict[]> {
    const verdicts = await deeds.replay(log, { timeout: 10_000, ...options });
    return verdicts.filter(({ outcome }) => outcome !== "same");
  }

  function waitFor(type: string, timeout = 10_000): Promise<Message> {
    const found = untaken.find((message) => message.type === type);
    if (found) {
      untaken = untaken.filter((message) => message !== found);
      return Promise.resolve(found);
    }
    return new Promise((resolve, reject) => {
      const entry: Waiting = { type, take };
      const timer = window.setTimeout(() => {
        waiting = waiting.filter((one) => one !== entry);
        const unknown = isMessageType(type) ? "" : "; the SDK has no such message";
        reject(new Error(`waitFor: ${textOf(type)} did not come within ${timeout} ms${unknown}`));
      }, timeout);
      function take(message: Message): void {
        window.clearTimeout(timer);
        resolve(message);
      }
      waiting.push(entry);
    });
  }

  const hubspot: Hubspot = {
    get ready() {
      return handshake.ready;
    },
    get loggedIn() {
      return handshake.loggedIn;
    },
    dial: (call) => quiet(dial(call)),
    close,
    clear(what) {
      const kinds = Object.entries(deeds.clear);
      const wanted = kinds.filter(([kind]) => what === undefined || kind === what);
      if (wanted.length === 0)
        throw new Error(`clear: "${textOf(what)}" is not ${kinds.map(([kind]) => kind).join(", ")}`);
      for (const [, clear] of wanted) clear();
    },
    send(type, data) {
      try {
        structuredClone(data);
      } catch (error) {
        throw new Error(`send: the payload of ${textOf(type)} cannot be posted: ${textOf(error)}`);
      }
      session.send(String(type), data);
    },
    answer(type, how, delay = 0) {
      if (!["succeed", "fail", "never"].includes(how))
        throw new Error(`answer: "${textOf(how)}" is not succeed, fail or never`);
      if (!isMessageType(type) || !answers[type]) {
        throw new Error(
          `answer: HubSpot does not answer ${textOf(type)}; it answers ${Object.keys(answers).join(", ")}`,
        );
      }
      if (!(delay >= 0)) throw new Error(`answer: the delay must be milliseconds, and is ${textOf(delay)}`);
      session.answer(type, how, delay);
      deeds.changed();
    },
    waitFor: (type, timeout) => quiet(waitFor(type, timeout)),
    messages: () => [...session.messages],
    engagements: () => [...engagements.all()],
    findings: () => [...session.findings],
    replay: (log, options) => quiet(replay(log, options)),
  };

  return {
    hubspot,
    took(message) {
      if (message.from !== "app") return;
      const index = waiting.findIndex(({ type }) => type === message.type);
      const [first] = index < 0 ? [] : waiting.splice(index, 1);
      if (first) first.take(message);
      else untaken.push(message);
      if (untaken.length > kept) untaken.shift();
    },
    /** What came is not there any more for those that wait later. */
    forget() {
      untaken = [];
    },
  };
}

const idsOf = (some: readonly CrmRecord[]) => some.map(({ objectId }) => objectId).join(", ");
