// The type of a rule. Each rule is one object in a file in this folder; index.ts lists all rules.

import type { Sure } from "../../protocol/sure.ts";
import type { Call, Change, Ledger } from "../calls/ledger.ts";
import type { Message } from "../calls/message.ts";
import type { PageState } from "./page-state.ts";
import type { SdkTraits } from "./sdk-traits.ts";

/**
 * error: HubSpot loses all or part of a call or stores it incorrectly, or the app breaks on input that HubSpot is known to
 * send.
 * warning: the app deviates from the documentation, but nothing is known to break; or the app breaks on input that
 * HubSpot is not known to send.
 */
export type Severity = "error" | "warning";

export type Rule<Id extends string = string> = {
  id: Id;
  severity: Severity;
  /** Names the problem. */
  title: string;
  /** What the app does, and what it should do. */
  explanation: string;
  /** What goes wrong in HubSpot. */
  consequence: string;
  /** How to fix the problem, with the SDK method or field to use. */
  remedy: string;
  /** About three lines of correct code. */
  example: string;
  sure: Sure;
  /** The documentation or code that the rule is based on. */
  source: string;
} & Checks;

/**
 * The engine calls these functions. If a rule has no function, the code that detects the problem reports it: the session's
 * timers, the frame, or one of the check's scenarios.
 */
export type Checks = {
  /** Runs for each message from the app. A fault is about this message unless it sets `about`. */
  check?(message: AppMessage): readonly Fault[];
  /** Runs for each call that the app can no longer end or complete. `when` is, for example, "before the app was closed". */
  checkAbandoned?(call: Call, when: string, sdk: SdkTraits): readonly Fault[];
  /** Runs for each call that is still in progress `timeoutMs` after END_CALL. */
  checkEndOverdue?(call: Call, timeoutMs: number): readonly Fault[];
  /** Runs when the app answers SYNC with its SDK version. */
  checkVersion?(sdk: SdkTraits): readonly Fault[];
  /** Runs when the same page sends a second SYNC_ACK. */
  checkSecondAnswer?(): readonly Fault[];
  /** The rules that the app breaks as a consequence of an error under this rule. The engine no longer reports them. */
  hides?: readonly string[];
};

/** Where HubSpot loaded the app, and whether the user can see it. */
export type Place = {
  /** Set if the frame must be silent. */
  silentFrame?: SilentFrame | undefined;
  /** Whether the app is in the widget on a record's page, without support for inbound calls. */
  isWidget: boolean;
  isHidden: boolean;
};

/** A frame that must not send messages, because another frame sends them. */
export type SilentFrame = "remote" | "window";

/** A message from the app, and the state before it. */
export type AppMessage = Change &
  Place & {
    message: Message;
    ledger: Ledger;
    sdk: SdkTraits;
    /** What the page had reported before this message. */
    page: PageState;
  };

/** One violation. `severity`, `source` and `remedy` override the rule's fields. */
export type Fault = {
  message: string;
  about?: Message | undefined;
  severity?: Severity;
  source?: string;
  remedy?: string;
  /**
   * Limits reports of the same fault to one per call, one until the current call is over, or one per session. Faults with
   * the same key are the same fault. The default key is the rule and the message.
   */
  once?: { in: Call | "current call" | "session"; key?: string };
};

/** Preserves the id as a literal type. */
export function defineRule<const Id extends string>(rule: Rule<Id>): Rule<Id> {
  return rule;
}
