import type { ScenarioContext } from "../context/scenario-context.ts";
import type { UserActionName } from "../context/user-actions.ts";

export type Scenario = {
  name: string;
  /** Continues the sentence "The app …", for example "answers SYNC". */
  expectation: string;
  /** Query parameters for the simulator's page. */
  parameters?: Record<string, string>;
  /** The scenario is not tried if the user actions file lacks any of these functions. */
  needs?: readonly UserActionName[];
  needsInbound?: boolean;
  /** The check starts this scenario before shorter ones. */
  isLong?: true;
  /** No source shows that HubSpot does what the scenario simulates, so findings about the app are only warnings. */
  isInvented?: boolean;
  /** The scenario advances the pages' clocks to save time. */
  setsClock?: true;
  /** Simulator rules to ignore in this scenario. */
  ignoresRules?: readonly string[] | "all";
  /** @returns the reason if the check cannot try the scenario */
  run(context: ScenarioContext, app: AppTraits): Promise<string | undefined>;
};

/** Where HubSpot loads the app, as described by two fields of SYNC. */
export type Place = { iframeLocation: "widget" | "remote" | "window"; usesCallingWindow: boolean };

/** What the check has learned about the app. The first handshake fills in most of these fields. */
export type AppTraits = {
  /** Where the app becomes ready. Scenarios run there unless they need another place. */
  place: Place;
  isReady: boolean;
  /** From SYNC_ACK, or "" if the app did not become ready. */
  sdkVersion: string;
  /** The time from the start of the page load to `initialized`. */
  readyAfterMs: number;
  /**
   * The app sends isAvailable or userAvailable, the app becomes ready only as a remote or in the calling window, or the user
   * actions file exports receiveCall.
   */
  supportsInboundCalls: boolean;
  /** The app reported a logged-in user, although the user actions file does not export logIn. */
  logsInByItself: boolean;
  /** After DIAL_NUMBER, the app started a call without a user action. Undefined before the first attempt. */
  dialsByItself?: boolean;
  hasCalled: boolean;
};
