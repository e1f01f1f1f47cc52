// The options that the Playwright fixture and the mock share.
import type { ReplyMode } from "./replies.ts";

/**
 * The settings of the simulator's Session tab.
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
   * Time limit in milliseconds for the app's answer to SYNC, and then for initialized. The default is 10,000, or 1,000 in
   * the mock.
   */
  timeout?: number;
  /** Leaves ownerId out of SYNC. */
  withoutOwner?: boolean;
  /** Leaves userId out of SYNC. */
  withoutUser?: boolean;
  /**
   * HubSpot works through a queue of call tasks: after callCompleted, the widget stays visible, and HubSpot opens the next
   * record's page without sending DIAL_NUMBER.
   */
  callQueue?: boolean;
  /** Sends every event twice. */
  twice?: boolean;
  /** Also sends the deprecated ENGAGEMENT_CREATED. */
  sendsDeprecated?: boolean;
}

/**
 * HubSpot's reply to each message type from the app. `delay` is in milliseconds.
 * @example
 * test.use({ answers: { OUTGOING_CALL_STARTED: "fail", CALL_COMPLETED: { how: "succeed", delay: 2000 } } });
 */
export type Answers = Record<string, ReplyMode | { how: ReplyMode; delay?: number }>;
