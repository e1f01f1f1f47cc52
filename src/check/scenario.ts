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
  /** Starts before the other scenarios. */
  isLong?: true;
  /** No source shows that HubSpot does this, so the findings are warnings. */
  isInvented?: boolean;
  /** Calls last longer on the pages' clocks than they take. */
  setsClock?: true;
  /** Simulator rules to ignore in this scenario. */
  ignoresRules?: readonly string[] | "all";
  /** @returns the reason if the scenario cannot be tried */
  run(context: ScenarioContext, app: AppTraits): Promise<string | undefined>;
};

/** Where HubSpot loads the app: two fields of SYNC. */
export type Place = { iframeLocation: "widget" | "remote" | "window"; usesCallingWindow: boolean };

/** What the check has learned about the app. The first handshake fills in most of it. */
export type AppTraits = {
  /** Where the app gets ready. All scenarios run there if they do not need another place. */
  place: Place;
  isReady: boolean;
  /** From SYNC_ACK, or "" if the app did not answer. */
  sdkVersion: string;
  /** Time from page load to initialized. */
  readyAfterMs: number;
  /** The app sends isAvailable or userAvailable, or the user actions file exports receiveCall. */
  supportsInboundCalls: boolean;
  /** Without a user action: after it was ready, the app reported a logged-in user. */
  logsInByItself: boolean;
  /** Without a user action: after DIAL_NUMBER, the app started a call. Undefined before the first try. */
  dialsByItself?: boolean;
  hasCalled: boolean;
};
