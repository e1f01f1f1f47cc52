import type { Answers, SessionOptions } from "../simulator/session/session-options.ts";

/**
 * @example
 * test.use({ app: "http://localhost:3000/", iframeLocation: "window", usesCallingWindow: true });
 */
export interface HubspotOptions {
  /** The app's URL; the package's calling app by default. */
  app: string | undefined;
  /** Where HubSpot loads the app, as in SYNC; "widget" by default. */
  iframeLocation: "widget" | "remote" | "window" | undefined;
  /** Whether the user's calls run in the calling window, as in SYNC. */
  usesCallingWindow: boolean | undefined;
  session: SessionOptions;
  answers: Answers;
}
