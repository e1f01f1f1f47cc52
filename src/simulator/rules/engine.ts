// Checks a session's messages against the rules, and reports the faults. Does not use the DOM or a clock.
import { fieldsOf, quote } from "../../protocol/fields.ts";
import { isMessageType } from "../../protocol/message-types.ts";
import { outbound } from "../../protocol/messages.ts";
import { type Call, isRunning, ownRunning } from "../calls/call.ts";
import { isStart } from "../calls/call-messages.ts";
import type { Ledger } from "../calls/ledger.ts";
import type { Message } from "../calls/message.ts";
import { findingOf, type NewFinding } from "./finding.ts";
import { type RuleId, ruleOf, rules } from "./index.ts";
import { type FaultOfRule, onePerField } from "./one-per-field.ts";
import { newPage, pageAfter } from "./page-state.ts";
import type { AppMessage, Fault, Place } from "./rule.ts";
import { sdkTraitsOf } from "./sdk-traits.ts";

const plainWidget: Place = { isWidget: true, isHidden: false };

export class RuleEngine {
  #ledger: Ledger;
  #onFinding: (finding: NewFinding) => void;
  #page = newPage;
  #sdk = sdkTraitsOf("");
  /** Rules that an earlier error hides. */
  #hidden = new Set<string>();
  /** The keys of faults that must not be reported again. */
  #reported = { session: new Set<string>(), "current call": new Set<string>() };
  #reportedOfCall = new WeakMap<Call, Set<string>>();

  constructor(ledger: Ledger, onFinding: (finding: NewFinding) => void) {
    this.#ledger = ledger;
    this.#onFinding = onFinding;
  }

  /** @param place where HubSpot loaded the page that sent the message */
  appSent(message: Message, place: Place = plainWidget): void {
    const { type, data } = message;
    if (!isMessageType(type)) {
      this.#add("unknown-type", [{ message: `unknown message type ${quote(type)}`, about: message }]);
      return;
    }
    const fields = fieldsOf(data);
    if (isStart(type)) this.#reported["current call"].clear();
    const change = this.#ledger.appSent(type, fields, message);
    const page = this.#page;
    // After a replay, the app may still have replayed calls. The rules do not apply to them, because the replay may have stopped
    // in the middle of a call.
    const isLeftover = change.call?.isReplayed && !this.#ledger.isReplaying;
    if (!isLeftover) this.#check({ ...change, ...place, message, ledger: this.#ledger, page, sdk: this.#sdk });
    if (type === "CALL_COMPLETED") this.#reported["current call"].clear();
    this.#page = pageAfter(page, type, fields, message);
  }

  hubspotSent(message: Message): void {
    this.#ledger.hubspotSent(message);
    if (message.type === "END_CALL")
      this.#checkOtherEnded(({ endCall }) => endCall === message, "before the next END_CALL for it");
    if (message.type === "DIAL_NUMBER") this.#page = { ...this.#page, dials: this.#page.dials + 1 };
  }

  /** @param version the SDK version in the app's SYNC_ACK */
  acknowledged(version: string): void {
    this.#sdk = sdkTraitsOf(version);
    for (const { id, checkVersion } of rules) this.#add(id, checkVersion?.(this.#sdk));
  }

  /** Call this when a page answers the same SYNC a second time. */
  acknowledgedAgain(): void {
    for (const { id, checkSecondAnswer } of rules) this.#add(id, checkSecondAnswer?.());
  }

  /** Call this when the app's page is unloaded. The next page must report the login again, and may resume a call. */
  frameGone(): void {
    this.#page = newPage;
    this.#ledger.pageGone();
  }

  /** Call this when the app is unloaded and no later page can resume its calls. */
  closed(): void {
    this.#checkAbandoned(this.#ledger.closed(), "before the app was closed");
    this.#hidden.clear();
  }

  endIsOverdue(endCall: Message, timeoutMs: number): void {
    for (const call of this.#ledger.all().filter((call) => isRunning(call) && call.endCall === endCall)) {
      for (const { id, checkEndOverdue } of rules) this.#add(id, checkEndOverdue?.(call, timeoutMs));
      delete call.endCall;
    }
    this.#checkOtherEnded(({ otherEnded }) => otherEnded?.endCall === endCall, `within ${timeoutMs} ms`);
  }

  /** Reports a problem that the rule does not detect by itself, for example a timeout. */
  report = (rule: RuleId, message: string): void => this.#add(rule, [{ message }]);

  isLoggedIn = (): boolean => this.#page.isLoggedIn === true;

  /** Whether this tab has a call in progress. */
  isCalling = (): boolean => ownRunning(this.#ledger.all()).length > 0;

  #check(sent: AppMessage): void {
    const { method } = outbound[sent.type];
    const when = `before ${method} started the next call`;
    const faults = rules.flatMap(({ id: rule, check, checkAbandoned }): FaultOfRule[] => [
      ...(check?.(sent) ?? []).map((fault) => ({
        about: sent.message,
        ...fault,
        ...(fault.field !== undefined && { field: `${method}.${fault.field}` }),
        rule,
      })),
      ...sent.abandoned.flatMap((call) =>
        (checkAbandoned?.(call, when, this.#sdk) ?? []).map((fault) => ({ ...fault, rule })),
      ),
    ]);
    for (const { rule, ...fault } of onePerField(faults)) this.#add(rule, [fault]);
  }

  #checkOtherEnded(isMeant: (call: Call) => boolean, when: string): void {
    for (const call of this.#ledger.all().filter((call) => isRunning(call) && isMeant(call))) {
      const { otherEnded } = call;
      if (!otherEnded) continue;
      for (const { id, checkOtherEnded } of rules) this.#add(id, checkOtherEnded?.(call, otherEnded, when));
      delete call.otherEnded;
    }
  }

  #checkAbandoned(calls: readonly Call[], when: string): void {
    for (const call of calls) {
      for (const { id, checkAbandoned } of rules) this.#add(id, checkAbandoned?.(call, when, this.#sdk));
    }
  }

  #add(id: RuleId, faults: readonly Fault[] = []): void {
    for (const { once, ...fault } of faults) {
      if (this.#hidden.has(id)) return;
      if (once && !this.#isFirst(once.in, once.key ?? `${id}: ${fault.message}`)) continue;
      const finding = findingOf(id, fault);
      if (finding.severity === "error") for (const other of ruleOf(id).hides ?? []) this.#hidden.add(other);
      this.#onFinding(finding);
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
