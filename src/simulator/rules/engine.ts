// Runs the rules on a session's messages, and reports each fault once. No DOM, no clock.
import { type Fields, fieldsOf, quote } from "../../protocol/fields.ts";
import { isMessageType, type MessageType } from "../../protocol/message-types.ts";
import { outbound } from "../../protocol/messages.ts";
import { type Call, isRunning, isStart, type Ledger } from "../calls/ledger.ts";
import type { Message } from "../calls/message.ts";
import { findingOf, type NewFinding } from "./finding.ts";
import { type RuleId, rules } from "./index.ts";
import type { AppMessage, Fault, SilentFrame } from "./rule.ts";

const logins: Partial<Record<MessageType, (fields: Fields) => boolean>> = {
  INITIALIZED: ({ isLoggedIn }) => isLoggedIn === true,
  LOGGED_IN: () => true,
  LOGGED_OUT: () => false,
};

export class RuleEngine {
  #ledger: Ledger;
  #onFinding: (finding: NewFinding) => void;
  #isLoggedIn = false;
  #isOldSdk = false;
  /** The keys of faults that must not be reported again. */
  #reported = { session: new Set<string>(), "current call": new Set<string>() };
  #reportedOfCall = new WeakMap<Call, Set<string>>();

  constructor(ledger: Ledger, onFinding: (finding: NewFinding) => void) {
    this.#ledger = ledger;
    this.#onFinding = onFinding;
  }

  /** @param silentFrame the frame that sent the message, if that frame must be silent */
  appSent(message: Message, silentFrame?: SilentFrame): void {
    const { type, data } = message;
    if (!isMessageType(type)) {
      this.#add("unknown-type", [{ message: `unknown message type ${quote(type)}`, about: message }]);
      return;
    }
    const fields = fieldsOf(data);
    if (isStart(type)) this.#reported["current call"].clear();
    const change = this.#ledger.appSent(type, fields, message);
    const [isLoggedIn, isOldSdk] = [this.#isLoggedIn, this.#isOldSdk];
    this.#check({ ...change, message, ledger: this.#ledger, silentFrame, isLoggedIn, isOldSdk });
    if (type === "CALL_COMPLETED") this.#reported["current call"].clear();
    this.#isLoggedIn = logins[type]?.(fields) ?? isLoggedIn;
  }

  /** @param isReplayed whether the message comes from a log */
  hubspotSent(message: Message, isReplayed = false): void {
    this.#ledger.hubspotSent(message, isReplayed);
  }

  /** @param version the SDK version in the app's SYNC_ACK */
  acknowledged(version: string): void {
    const [, major, minor] = /^(\d+)\.(\d+)\./.exec(version) ?? [];
    this.#isOldSdk = major === "0" && Number(minor) < 2;
    for (const { id, checkVersion } of rules) this.#add(id, checkVersion?.(version, this.#isOldSdk));
  }

  /** The frame's next page must report the login again. It may resume a running call. */
  frameGone(): void {
    this.#isLoggedIn = false;
    this.#ledger.pageGone();
  }

  /** The app was unloaded, so calls that are still in progress stay unfinished. */
  closed(): void {
    this.#checkAbandoned(this.#ledger.closed(), "before the app was closed");
  }

  endIsOverdue(endCall: Message, timeoutMs: number): void {
    for (const call of this.#ledger.all().filter((call) => isRunning(call) && call.endCall === endCall)) {
      for (const { id, checkEndOverdue } of rules) this.#add(id, checkEndOverdue?.(call, timeoutMs));
    }
  }

  /** Reports a problem that no message caused, for example a timeout. */
  report = (rule: RuleId, message: string): void => this.#add(rule, [{ message }]);

  isLoggedIn = (): boolean => this.#isLoggedIn;

  /** Whether this tab has a call in progress. */
  isCalling = (): boolean => this.#ledger.all().some((call) => isRunning(call) && !call.isFromOtherTab);

  #check(sent: AppMessage): void {
    const when = `before ${outbound[sent.type].method} started the next call`;
    for (const { id, check, checkAbandoned } of rules) {
      const faults = check?.(sent) ?? [];
      this.#add(
        id,
        faults.map((fault) => ({ about: sent.message, ...fault })),
      );
      for (const call of sent.abandoned) this.#add(id, checkAbandoned?.(call, when));
    }
  }

  #checkAbandoned(calls: readonly Call[], when: string): void {
    for (const call of calls) {
      for (const { id, checkAbandoned } of rules) this.#add(id, checkAbandoned?.(call, when));
    }
  }

  #add(id: RuleId, faults: readonly Fault[] = []): void {
    for (const { once, ...fault } of faults) {
      if (once && !this.#isFirst(once.in, once.key ?? `${id}: ${fault.message}`)) continue;
      this.#onFinding(findingOf(id, fault));
    }
  }

  #isFirst(scope: Call | "current call" | "session", key: string): boolean {
    const reported = typeof scope === "string" ? this.#reported[scope] : this.#ofCall(scope);
    if (reported.has(key)) return false;
    reported.add(key);
    return true;
  }

  #ofCall(call: Call): Set<string> {
    const reported = this.#reportedOfCall.get(call) ?? new Set();
    this.#reportedOfCall.set(call, reported);
    return reported;
  }
}
