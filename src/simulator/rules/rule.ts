// What a rule is. Each rule is one object in one file of this folder; index.ts lists them all.

import type { Sure } from "../../protocol/messages.ts";
import type { Call, Change, Ledger } from "../calls/ledger.ts";
import type { Message } from "../calls/message.ts";

/**
 * error: a call or a part of it is lost or wrong in HubSpot, or the app breaks.
 * warning: the documentation says otherwise, but nothing known breaks.
 */
export type Severity = "error" | "warning";

export type Rule<Id extends string = string> = {
  id: Id;
  severity: Severity;
  /** What is wrong, in a few words. */
  title: string;
  /** What the app does, and what it should do. */
  explanation: string;
  /** What goes wrong in HubSpot because of it. */
  consequence: string;
  /** What to do: the SDK's method or field, and what to write. */
  remedy: string;
  /** About three lines of code that are right. */
  example: string;
  /** How sure we are that HubSpot works this way. */
  sure: Sure;
  /** Where the rule comes from. */
  source: string;
} & Checks;

/**
 * When a rule is checked. A rule without any of these is reported by the code that can see it: the session's clock, the
 * frame, or a scenario of the check.
 */
export type Checks = {
  /** For each message of the app. A fault is about this message, unless it says otherwise. */
  check?(message: AppMessage): readonly Fault[];
  /** For each call that is too late to end or complete. `when` completes a sentence: "before its page was closed". */
  checkAbandoned?(call: Call, when: string): readonly Fault[];
  /** For each call that runs longer than `timeoutMs` after END_CALL. */
  checkEndOverdue?(call: Call, timeoutMs: number): readonly Fault[];
  /** For the version in the app's answer to SYNC. */
  checkVersion?(version: string, isOld: boolean): readonly Fault[];
};

/** A frame that must not speak for the call. */
export type SilentFrame = "remote" | "window";

/** A message of the app, and what is known at that moment. */
export type AppMessage = Change & {
  message: Message;
  ledger: Ledger;
  /** Set if the message comes from a frame that must be silent. */
  silentFrame?: SilentFrame | undefined;
  /** Whether the app had said that its user is logged in. */
  isLoggedIn: boolean;
  /** The SDK is older than 0.2: it has no ids of calls, and one number only. */
  isOldSdk: boolean;
};

/** One thing that is wrong. Severity and source are the rule's, unless the fault has its own. */
export type Fault = {
  message: string;
  about?: Message | undefined;
  severity?: Severity;
  source?: string;
  /**
   * Where this fault is reported once only: in a call, until the current call is over, or in the whole session. Faults
   * with the same key are the same fault; without a key, those of one rule with the same message.
   */
  once?: { in: Call | "current call" | "session"; key?: string };
};

/** A rule whose id is known to the compiler. */
export function defineRule<const Id extends string>(rule: Rule<Id>): Rule<Id> {
  return rule;
}
