import type { ScenarioContext } from "./scenario-context.ts";
import type { UserActionName } from "./user-actions.ts";

export type Scenario = {
  name: string;
  /** Continues the sentence "The app …", for example "answers SYNC". */
  expectation: string;
  /** Query parameters for the simulator's page. */
  parameters?: Record<string, string>;
  /** The scenario is not tried if the user actions file lacks any of these functions. */
  needs?: readonly UserActionName[];
  needsInbound?: boolean;
  ignoresRules?: readonly string[] | "all";
  /** @returns the reason if the scenario cannot be tried */
  run(context: ScenarioContext, app: AppTraits): Promise<string | undefined>;
};

/** The first handshake sets these properties. */
export type AppTraits = {
  /** From SYNC_ACK, or "" if the app did not answer. */
  sdkVersion: string;
  /** Time from page load to initialized. */
  readyAfterMs: number;
  /** The app sends isAvailable or userAvailable, or the user actions file exports receiveCall. */
  supportsInboundCalls: boolean;
};
