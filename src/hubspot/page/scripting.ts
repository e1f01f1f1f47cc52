// window.hubspot: what a test drives the stand-in with, and asks it. Stable; the README shows it in use.
import { answers, type How, isMessageType } from "../session/answers.ts";
import type { Finding, Message } from "../session/contract.ts";
import type { Engagement, Engagements } from "../session/engagements.ts";
import { type CrmRecord, type PhoneNumber, records } from "../session/records.ts";
import type { Session } from "../session/session.ts";

declare global {
  interface Window {
    hubspot: Hubspot;
  }
}

export type Hubspot = {
  /** SYNC_ACK and INITIALIZED have come; the version is the SDK's own word. A new frame has a new promise. */
  readonly ready: Promise<{ version: string }>;
  /**
   * As pressing Call; by default on the first record, with its first number.
   * @throws an Error when there is no such record, or the app's user is not logged in
   */
  dial(call?: { recordId?: number; phoneNumber?: string }): void;
  /** Sends any event, as it is. */
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
};

/** Messages that wait to be taken. */
const kept = 10_000;

type Waiting = { type: string; take: (message: Message) => void };

/** What the page tells the script of: messages and handshakes as they come. */
export type Told = { message(message: Message): void; acknowledged(version: string): void; initialized(): void };

/**
 * Makes window.hubspot.
 * @param dial as pressing Call, wherever the call is to go; gives why not, if so
 * @param changed is called when a script has set something that the page shows
 */
export function makeScriptable(
  session: Session,
  engagements: Engagements,
  dial: (record: CrmRecord, phone: PhoneNumber) => string | undefined,
  changed: () => void,
): { hubspot: Hubspot; told: Told; framed: () => void } {
  let waiting: Waiting[] = [];
  let untaken: Message[] = [];
  let version = "";
  let ready = Promise.withResolvers<{ version: string }>();

  const hubspot: Hubspot = {
    get ready() {
      return ready.promise;
    },
    dial({ recordId, phoneNumber } = {}) {
      const record = recordId === undefined ? records[0] : records.find(({ objectId }) => objectId === recordId);
      if (!record) throw new Error(`dial: no record has the id ${recordId}; there are ${idsOf(records)}`);
      const [first] = record.numbers;
      const known = record.numbers.find(({ number }) => number === phoneNumber) ?? first;
      const refused = known && dial(record, phoneNumber === undefined ? known : { ...known, number: phoneNumber });
      if (refused) throw new Error(`dial: ${refused} Await hubspot.ready first.`);
    },
    send: (type, data) => session.send(String(type), data),
    answer(type, how, delay = 0) {
      if (!["succeed", "fail", "never"].includes(how))
        throw new Error(`answer: "${how}" is not succeed, fail or never`);
      if (!isMessageType(type) || !answers[type]) {
        throw new Error(`answer: HubSpot does not answer ${type}; it answers ${Object.keys(answers).join(", ")}`);
      }
      session.answer(type, how, delay);
      changed();
    },
    waitFor(type, timeout = 10_000) {
      const found = untaken.find((message) => message.type === type);
      if (found) {
        untaken = untaken.filter((message) => message !== found);
        return Promise.resolve(found);
      }
      return new Promise((resolve, reject) => {
        const entry: Waiting = { type, take };
        const timer = window.setTimeout(() => {
          waiting = waiting.filter((one) => one !== entry);
          reject(new Error(`waitFor: ${type} did not come within ${timeout} ms`));
        }, timeout);
        function take(message: Message): void {
          window.clearTimeout(timer);
          resolve(message);
        }
        waiting.push(entry);
      });
    },
    messages: () => [...session.messages],
    engagements: () => [...engagements.all()],
    findings: () => [...session.findings],
  };

  return {
    hubspot,
    told: {
      message(message) {
        if (message.from !== "app") return;
        const index = waiting.findIndex(({ type }) => type === message.type);
        const [first] = index < 0 ? [] : waiting.splice(index, 1);
        if (first) first.take(message);
        else untaken.push(message);
        if (untaken.length > kept) untaken.shift();
      },
      acknowledged(said) {
        version = said;
      },
      initialized: () => ready.resolve({ version }),
    },
    framed() {
      ready = Promise.withResolvers();
    },
  };
}

const idsOf = (some: readonly CrmRecord[]) => some.map(({ objectId }) => objectId).join(", ");
