// window.hubspot: the stable API for tests that control the simulator. The README contains an example.

import { textOf } from "../../protocol/fields.ts";
import type { Engagement } from "../calls/engagement.ts";
import type { Message } from "../calls/message.ts";
import type { CrmRecord } from "../crm/crm-records.ts";
import type { Engagements } from "../crm/engagements.ts";
import type { ReplyMode } from "../crm/replies.ts";
import type { Verdict } from "../replay/replay.ts";
import type { Finding } from "../rules/finding.ts";
import { type DialOptions, dialedCall } from "../session/dial.ts";
import { createMessageQueue } from "../session/message-queue.ts";
import { quiet, type Readiness } from "../session/readiness.ts";
import type { Session } from "../session/session.ts";
import { setReply } from "../session/set-reply.ts";
import { backend } from "./backend/backend.ts";
import type { Dial } from "./calling/call-button.ts";
import type { Clear } from "./clear-buttons.ts";
import type { ReplayOptions } from "./simulate/replay-tab.ts";

declare global {
  interface Window {
    hubspot: Hubspot;
  }
}

export type Hubspot = {
  /**
   * Resolves with the SDK's version when the app has sent SYNC_ACK and INITIALIZED (only SYNC_ACK if HubSpot expects this
   * frame to be silent). Rejects with the reason if the app cannot be loaded, does not send these messages within the time
   * limit, is not approved, or is closed. After this promise has settled, the next page load creates a new promise.
   * @example
   * const { version } = await page.evaluate(() => window.hubspot.ready);
   */
  readonly ready: Promise<{ version: string }>;
  /** Resolves when the app reports a logged-in user. Has no time limit. Rejects when `ready` rejects. */
  readonly loggedIn: Promise<void>;
  /**
   * Dials, as the Call button does. By default, dials the first number of the first record. Resolves when this tab or the
   * calling window has sent DIAL_NUMBER. Rejects if the record does not exist, if there is no number to dial, if the app is
   * not ready, if the app's user is not logged in, or, unless `force` is true, while a call is in progress.
   * @param call.recordId the called record (calleeInfo in DIAL_NUMBER)
   * @param call.phoneNumber one of the record's numbers, or any other number
   * @param call.pageRecordId the record whose page is open (objectId in DIAL_NUMBER); the default is the called record, and
   * 0 is a page outside any record, for example the help desk
   * @example
   * await page.evaluate(() => window.hubspot.dial({ recordId: 52, pageRecordId: 101 })); // a contact, from its company
   */
  dial(call?: DialOptions): Promise<void>;
  /**
   * Unloads the app, as if the user had closed the tab. Resolves with all findings, including findings about missing
   * messages.
   */
  close(): Promise<Finding[]>;
  /** Clears the engagements (also on the server), the findings or the messages. Without an argument, clears all three. */
  clear(what?: "engagements" | "findings" | "messages"): void;
  /**
   * Sends any event without validation.
   * @throws an Error if the browser cannot clone the payload, for example because it contains a function
   */
  send(type: string, data?: unknown): void;
  /**
   * Sets how HubSpot replies to messages of this type from now on.
   * @param type the type of the app's message, for example OUTGOING_CALL_STARTED
   * @param delay in milliseconds, 0 by default
   * @throws an Error if a value is invalid, or if HubSpot does not reply to messages of this type
   */
  answer(type: string, how: ReplyMode, delay?: number): void;
  /**
   * Resolves with the app's first message of this type that no earlier `waitFor` has received, even if the app has already
   * sent the message. Rejects after the time limit.
   * @param timeout the time limit in milliseconds, 10,000 by default
   * @example
   * const { data } = await page.evaluate(() => window.hubspot.waitFor("CALL_ENDED"));
   */
  waitFor(type: string, timeout?: number): Promise<Message>;
  /** Returns the session's messages, oldest first. */
  messages(): Message[];
  engagements(): Engagement[];
  findings(): Finding[];
  /**
   * Replays a downloaded log, as the Replay tab does. Before each event and at the end of the log, waits for the app's
   * messages that the log contains up to that point. The calls have new ids. Resolves with the differences. Rejects with the
   * line number if a line is not a log record.
   * @param options with `here: true`, the app is not reloaded; `timeout` is the time limit for each message from the app
   * (in milliseconds, 10,000 by default)
   */
  replay(log: string, options?: ReplayOptions): Promise<Verdict[]>;
  /**
   * Calls one of HubSpot's endpoints that the simulator implements, such as the settings endpoint. Also works on a static
   * host. Adds an Authorization header if it is missing.
   * @param path starts with /crm/
   * @example
   * const path = "/crm/extensions/calling/2026-03/1234567/settings";
   * const response = await hubspot.request(path, { method: "POST", headers: { "content-type": "application/json" },
   *   body: JSON.stringify({ name: "Softphone", url: "http://localhost:3000/" }) });
   */
  request(path: string, init?: RequestInit): Promise<Response>;
};

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
    dial: (call = {}) => {
      session.flush();
      const dial = async () => userActions.dial(dialedCall(call, records()), call.force);
      return quiet(dial());
    },
    async close() {
      session.close();
      return [...session.findings];
    },
    clear(what) {
      session.flush();
      for (const clear of clearsFor(what, userActions.clear)) clear();
    },
    send(type, data) {
      assertCloneable(type, data);
      session.send(String(type), data);
    },
    answer: (...args) => setReply(session, ...args),
    waitFor: (type, timeout = 10_000) => quiet(queue.waitFor(type, timeout)),
    messages() {
      session.flush();
      return [...session.messages];
    },
    engagements() {
      session.flush();
      return [...engagements.all()];
    },
    findings() {
      session.flush();
      return [...session.findings];
    },
    replay: (log, options) => quiet(replay(log, options, userActions.replay)),
    request: (path, init) => quiet(request(path, init)),
  };
}

async function replay(log: string, options: ReplayOptions = {}, play: UserActions["replay"]): Promise<Verdict[]> {
  const verdicts = await play(log, { timeout: 10_000, ...options });
  return verdicts.filter(({ outcome }) => outcome !== "same");
}

async function request(path: string, init: RequestInit = {}): Promise<Response> {
  if (!String(path).startsWith("/crm/"))
    throw new Error(`request: the path must start with /crm/, not ${textOf(path)}`);
  const headers = new Headers(init.headers);
  if (!headers.has("authorization")) headers.set("authorization", "Bearer simulator");
  return backend.request(path, { ...init, headers });
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
