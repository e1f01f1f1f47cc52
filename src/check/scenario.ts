// What a scenario is: a row of the tables in the files *-scenarios.ts.
import type { ScenarioContext } from "./scenario-context.ts";
import type { UserActionName } from "./user-actions.ts";

export type Scenario = {
  name: string;
  /** What the app has to do: a predicate, as "answers SYNC". */
  expectation: string;
  /** Query parameters of the simulator's page. */
  parameters?: Record<string, string>;
  /** User actions without which it cannot be tried. */
  needs?: readonly UserActionName[];
  /** Whether it can be tried only with an app that takes inbound calls. */
  needsInbound?: boolean;
  /** The simulator's rules that do not count here. */
  ignoresRules?: readonly string[] | "all";
  /** Reports findings to the context. Gives the reason if it cannot be tried after all. */
  run(context: ScenarioContext, app: AppTraits): Promise<string | undefined>;
};

/** What the first handshake shows of the app. */
export type AppTraits = {
  /** The version in its SYNC_ACK; empty when none came. */
  sdkVersion: string;
  /** Milliseconds from loading to initialized. */
  readyAfterMs: number;
  /** Whether it says that it takes inbound calls, or there is a user action for them. */
  takesInboundCalls: boolean;
};
