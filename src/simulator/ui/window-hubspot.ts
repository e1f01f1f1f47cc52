// window.hubspot: the API for tests that control the simulator. It is stable; the README has examples.

import { textOf } from "../../protocol/fields.ts";
import { isMessageType } from "../../protocol/message-types.ts";
import type { Engagement } from "../calls/engagement.ts";
import type { Message } from "../calls/message.ts";
import type { Finding } from "../rules/finding.ts";
import type { CrmRecord, DialedCall } from "../session/crm-records.ts";
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
   * Resolves when the app has sent SYNC_ACK and INITIALIZED (only SYNC_ACK if HubSpot expects this frame to be silent), with
   * the SDK's version as the app reports it. Rejects with the reason if the app does not get that far. Each page load in
   * the frame creates a new promise.
   * @example
   * const { version } = await page.evaluate(() => window.hubspot.ready);
   */
  readonly ready: Promise<{ version: string }>;
  /** Resolves when the app reports a logged-in user, without a time limit. Rejects as `ready` does. */
  readonly loggedIn: Promise<void>;
  /**
   * Does what the Call button does, by default for the first number of the first record. Resolves when DIAL_NUMBER was
   * sent, in this tab or in the calling window. Rejects with advice if there is no such record, if the app is not ready, or
   * if its user is not logged in. While a call is running, it rejects unless `force` is true.
   * @param call.recordId the record that is called (calleeInfo in DIAL_NUMBER)
   * @param call.phoneNumber one of its numbers, or any other number
   * @param call.pageRecordId the record whose page is open (objectId in DIAL_NUMBER), by default the called record; 0 is
   * a page outside any record, for example the help desk
   * @example
   * await page.evaluate(() => window.hubspot.dial({ recordId: 52, pageRecordId: 101 })); // a contact, from its company
   */
  dial(call?: { recordId?: number; phoneNumber?: string; pageRecordId?: number; force?: boolean }): Promise<void>;
  /** Closes the app's frame, as closing the tab does. Resolves with all findings, including those about missing messages. */
  close(): Promise<Finding[]>;
  /** Clears the engagements (on the server too), the findings or the messages; without an argument, all three. */
  clear(what?: "engagements" | "findings" | "messages"): void;
  /**
   * Sends any event, unchanged.
   * @throws an Error if the browser cannot clone the payload, for example a function
   */
  send(type: string, data?: unknown): void;
  /**
   * Sets how the simulator answers future messages of this type.
   * @param type wire type of the app's message, for example OUTGOING_CALL_STARTED
   * @param delay milliseconds, 0 by default
   * @throws an Error if HubSpot does not answer messages of this type
   */
  answer(type: string, how: ReplyMode, delay?: number): void;
  /**
   * Resolves with the app's next message of this type. Each message resolves only one waitFor.
   * @param timeout milliseconds after which it rejects, 10,000 by default
   * @example
   * const { data } = await page.evaluate(() => window.hubspot.waitFor("CALL_ENDED"));
   */
  waitFor(type: string, timeout?: number): Promise<Message>;
  /** All messages, the oldest first. `from` is "hubspot" or "app". */
  messages(): Message[];
  engagements(): Engagement[];
  findings(): Finding[];
  /**
   * Replays a downloaded log as the Replay tab does. Before it sends an event, it waits for the app's messages that precede
   * the event in the log. Resolves with the differences. Rejects with the line number if a line is not a log record.
   * @param options `here` does not reload the app; `timeout` limits the wait for each message of the app (milliseconds,
   * 10,000 by default)
   */
  replay(log: string, options?: ReplayOptions): Promise<Verdict[]>;
};

/** User actions that a script can also start. */
type UserActions = {
  dial: Dial;
  clear: Clear;
  replay(log: string, options: ReplayOptions): Promise<Verdict[]>;
};

export function createWindowHubspot(
  session: Session,
  engagements: Pick<Engagements, "all">,
  readiness: Readiness,
  records: () => readonly CrmRecord[],
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
    dial: (call) => quiet(dial(call, records(), userActions.dial)),
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
        throw new Error(`answer: unknown reply "${textOf(how)}"; use one of succeed, fail, never`);
      }
      if (!isMessageType(type) || !replies[type]) {
        const types = Object.keys(replies).join(", ");
        throw new Error(`answer: HubSpot does not reply to ${textOf(type)}; use one of ${types}`);
      }
      if (!(delay >= 0)) throw new Error(`answer: the delay must be a number of milliseconds, not ${textOf(delay)}`);
      session.answer(type, how, delay);
    },
    waitFor: (type, timeout = 10_000) => quiet(queue.waitFor(type, timeout)),
    messages: () => [...session.messages],
    engagements: () => [...engagements.all()],
    findings: () => [...session.findings],
    replay: (log, options) => quiet(replay(log, options, userActions.replay)),
  };
}

async function dial(
  call: Parameters<Hubspot["dial"]>[0] = {},
  records: readonly CrmRecord[],
  dialRecord: Dial,
): Promise<void> {
  const { recordId, pageRecordId, phoneNumber, force = false } = call;
  const record = recordId === undefined ? records[0] : recordWithId(records, recordId);
  const [first] = record?.numbers ?? [];
  if (!record) throw new Error("dial: there is no record");
  if (phoneNumber === undefined && !first) {
    throw new Error(
      `dial: ${record.name} has no number; call one of its contacts: dial({ recordId: ${record.associated?.[0] ?? 51}, pageRecordId: ${record.objectId} })`,
    );
  }
  const phone = record.numbers.find(({ number }) => number === phoneNumber) ??
    first ?? { property: "phone", number: "" };
  const page = pageOf(records, pageRecordId, record);
  await dialRecord({ record, phone: { ...phone, number: phoneNumber ?? phone.number }, page }, force);
}

function pageOf(
  records: readonly CrmRecord[],
  pageRecordId: number | undefined,
  record: CrmRecord,
): DialedCall["page"] {
  if (pageRecordId === undefined) return record;
  return pageRecordId === 0 ? undefined : recordWithId(records, pageRecordId);
}

function recordWithId(records: readonly CrmRecord[], id: number): CrmRecord {
  const record = records.find(({ objectId }) => objectId === id);
  if (record) return record;
  const ids = records.map(({ objectId }) => objectId).join(", ");
  throw new Error(`dial: no record has the id ${textOf(id)}; use one of ${ids}`);
}

async function replay(log: string, options: ReplayOptions = {}, play: UserActions["replay"]): Promise<Verdict[]> {
  const verdicts = await play(log, { timeout: 10_000, ...options });
  return verdicts.filter(({ outcome }) => outcome !== "same");
}

function clearsFor(what: string | undefined, clear: Clear): (() => void)[] {
  const kinds = Object.entries(clear);
  const selected = kinds.filter(([kind]) => what === undefined || kind === what);
  if (selected.length > 0) return selected.map(([, clearKind]) => clearKind);
  throw new Error(`clear: unknown kind "${textOf(what)}"; use one of ${kinds.map(([kind]) => kind).join(", ")}`);
}

function assertCloneable(type: string, data: unknown): void {
  try {
    structuredClone(data);
  } catch (error) {
    throw new Error(`send: the browser cannot clone the payload of ${textOf(type)}: ${textOf(error)}`);
  }
}
