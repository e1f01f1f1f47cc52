// A scenario: one row of a table in *-scenarios.ts.
import type { ScenarioContext } from "./scenario-context.ts";
import type { UserActionName } from "./user-actions.ts";

export type Scenario = {
  name: string;
  /** Continues the sentence "The app …", for example "answers SYNC". */
  expectation: string;
  /** Query parameters of the simulator's page. */
  parameters?: Record<string, string>;
  /** The scenario is not tried if the user actions file lacks one of these. */
  needs?: readonly UserActionName[];
  needsInbound?: boolean;
  /** Simulator rules to ignore in this scenario. */
  ignoresRules?: readonly string[] | "all";
  /** Reports findings to the context. Returns the reason if the scenario cannot be tried. */
  run(context: ScenarioContext, app: AppTraits): Promise<string | undefined>;
};

/** The first handshake fills this in. */
export type AppTraits = {
  /** From SYNC_ACK, or "" if the app did not answer. */
  sdkVersion: string;
  /** Time from loading to initialized. */
  readyAfterMs: number;
  /** The app sends isAvailable or userAvailable, or there is a user action receiveCall. */
  supportsInboundCalls: boolean;
};
