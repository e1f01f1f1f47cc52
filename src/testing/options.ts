// What a test sets with test.use.
import type { ReplyMode } from "../simulator/session/replies.ts";

/** The fields under "Session" on the simulator's page. `timeout` and `syncDelay` are milliseconds. */
export interface SessionOptions {
  portalId?: number;
  userId?: number;
  ownerId?: number;
  syncDelay?: number;
  timeout?: number;
  withoutOwner?: boolean;
  withoutUser?: boolean;
  twice?: boolean;
  sendsDeprecated?: boolean;
}

/** What HubSpot replies to messages of the app, by their type, as OUTGOING_CALL_STARTED; `delay` is in milliseconds. */
export type Answers = Record<string, ReplyMode | { how: ReplyMode; delay?: number }>;

export interface HubspotOptions {
  /** The URL of the app under test; the calling app of this package, if absent. */
  app: string | undefined;
  /** Where HubSpot loads the app, as SYNC names it; "widget", if absent. */
  iframeLocation: "widget" | "remote" | "window" | undefined;
  /** Whether the user's calls are in a window of their own, as SYNC says it. */
  usesCallingWindow: boolean | undefined;
  session: SessionOptions;
  answers: Answers;
}
