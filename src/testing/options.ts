import type { Answers, SessionOptions } from "../simulator/session/session-options.ts";

/**
 * @example
 * test.use({ app: "http://localhost:3000/", iframeLocation: "window", usesCallingWindow: true });
 */
export interface HubspotOptions {
  /** The app's URL; the package's calling app by default. */
  app: string | undefined;
  /** The value of iframeLocation in SYNC: where HubSpot loads the app; "widget" by default. */
  iframeLocation: "widget" | "remote" | "window" | undefined;
  /** The value of usesCallingWindow in SYNC: whether the user's calls take place in the calling window. */
  usesCallingWindow: boolean | undefined;
  session: SessionOptions;
  answers: Answers;
}
