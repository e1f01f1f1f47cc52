// The type of a rule. index.ts lists all rules.

import type { Sure } from "../../protocol/sure.ts";
import type { Call } from "../calls/call.ts";
import type { Change, Ledger } from "../calls/ledger.ts";
import type { Message } from "../calls/message.ts";
import type { PageState } from "./page-state.ts";
import type { SdkTraits } from "./sdk-traits.ts";

/** The README of this folder explains the severities. */
export type Severity = "error" | "warning";

export type Rule<Id extends string = string> = {
  id: Id;
  severity: Severity;
  title: string;
  /** What the app did wrong. */
  explanation: string;
  /** Why the problem matters. */
  consequence: string;
  /** How to fix the problem. */
  remedy: string;
  /** A few lines of correct code. */
  example: string;
  sure: Sure;
  /** What the rule is based on. */
  source: string;
} & Checks;

/**
 * The engine calls these functions. Other code, for example a scenario of the check, reports the rules that have no
 * function.
 */
export type Checks = {
  /** Runs for each message whose type is known. A fault without `about` is about this message. */
  check?(message: AppMessage): readonly Fault[];
  /** Runs for each call that the app can no longer end or complete. `when` is, for example, "before the app was closed". */
  checkAbandoned?(call: Call, when: string, sdk: SdkTraits): readonly Fault[];
  /** Runs for each call that is still in progress `timeoutMs` after END_CALL. */
  checkEndOverdue?(call: Call, timeoutMs: number): readonly Fault[];
  /**
   * Runs for each call that END_CALL named and that did not end, although the app has ended another call since. `when` is, for
   * example, "within 30000 ms".
   */
  checkOtherEnded?(call: Call, otherEnded: NonNullable<Call["otherEnded"]>, when: string): readonly Fault[];
  /** Runs when the app answers SYNC. The answer contains the SDK's version. */
  checkVersion?(sdk: SdkTraits): readonly Fault[];
  /** Runs when a page answers the same SYNC a second time. */
  checkSecondAnswer?(): readonly Fault[];
  /**
   * After an error under this rule, the engine does not report these rules until the app is closed. Their findings would
   * probably be only consequences of that error, or these rules no longer apply.
   */
  hides?: readonly string[];
};

/** Where HubSpot loaded the app, and whether the user can see the app. */
export type Place = {
  /** Set if the frame must be silent. */
  silentFrame?: SilentFrame | undefined;
  /** Whether the app is in the widget, and not in the remote or the calling window. */
  isWidget: boolean;
  isHidden: boolean;
};

/** A frame that must not send messages, because another frame sends them. */
export type SilentFrame = "remote" | "window";

/** A message from the app, and the facts that the rules need to judge it. */
export type AppMessage = Change &
  Place & {
    message: Message;
    ledger: Ledger;
    sdk: SdkTraits;
    /** What the page had reported before this message. */
    page: PageState;
  };

/** One violation of a rule. `severity`, `source` and `remedy` override the rule's own values. */
export type Fault = {
  message: string;
  about?: Message | undefined;
  severity?: Severity;
  source?: string;
  remedy?: string;
  /**
   * The path of the message's field that the fault is about, for example `engagementProperties.hs_call_duration`. Of
   * the faults about one field of a message, the engine reports only one.
   */
  field?: string;
  /**
   * Reports the same fault only once per call, once until a call starts or is completed ("current call"), or once per
   * session. Faults with the same key are the same fault. The default key consists of the rule's id and the message.
   */
  once?: { in: Call | "current call" | "session"; key?: string };
};

/** Preserves the id's literal type. */
export function defineRule<const Id extends string>(rule: Rule<Id>): Rule<Id> {
  return rule;
}
