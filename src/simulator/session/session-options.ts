// The options that the Playwright fixture and the mock share.
import type { ReplyMode } from "../crm/replies.ts";

/**
 * Settings from the simulator's Session tab.
 * @example
 * test.use({ session: { withoutOwner: true, syncDelay: 3000 } });
 */
export interface SessionOptions {
  portalId?: number;
  userId?: number;
  ownerId?: number;
  /** Delay before the first SYNC, in milliseconds. */
  syncDelay?: number;
  /**
   * Time limit in milliseconds for the app's answer to SYNC, for initialized after SYNC_ACK, and for callEnded after
   * END_CALL. The default is 10,000, or 1,000 in the mock.
   */
  timeout?: number;
  /** Omits ownerId from SYNC. */
  withoutOwner?: boolean;
  /** Omits userId from SYNC. */
  withoutUser?: boolean;
  /**
   * The user works through a queue of call tasks: after callCompleted, the widget stays visible, and HubSpot opens the next
   * record's page without sending DIAL_NUMBER.
   */
  callQueue?: boolean;
  /** Sends every event except READY twice. */
  twice?: boolean;
  /** Also sends the deprecated ENGAGEMENT_CREATED. */
  sendsDeprecated?: boolean;
}

/**
 * How HubSpot replies to each type of message from the app. `delay` is in milliseconds.
 * @example
 * test.use({ answers: { OUTGOING_CALL_STARTED: "fail", CALL_COMPLETED: { how: "succeed", delay: 2000 } } });
 */
export type Answers = Record<string, ReplyMode | { how: ReplyMode; delay?: number }>;
