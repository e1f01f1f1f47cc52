// What a scenario is: a row of the tables in the files beside this one.

import type { Stage } from "./scenario-context.ts";
import { doStep } from "./untrusted-messages.ts";
import type { StepName } from "./user-actions.ts";

export type Scenario = {
  name: string;
  /** What is asked of the app, in words. */
  expectation: string;
  /** Of the simulator's page, as its address takes them. */
  parameters?: Record<string, string>;
  /** Steps without which it cannot be tried. */
  needs?: readonly StepName[];
  /** Whether only an app that takes inbound calls can be asked. */
  needsInbound?: boolean;
  /** Rules of the simulator's that say nothing here; `true` for all of them. */
  forgives?: readonly string[] | true;
  /** Drives it. What is wrong is found on the stage; gives the reason where it cannot be tried. */
  play(stage: Stage, known: Known): Promise<string | undefined>;
};

/** What the first handshake showed of the app. */
export type Known = {
  /** The version in its SYNC_ACK. */
  sdk: string;
  /** Milliseconds from opening to initialized. */
  took: number;
  /** Whether it said something of inbound calls, or the steps have one. */
  isInbound: boolean;
};

/** Waits for the app to be ready, and logs its user in where it is not. Gives why no call is possible, if so. */
export async function readyToCall(stage: Stage): Promise<string | undefined> {
  if (!(await stage.ready())) return "the app was not ready";
  if (await isLoggedIn(stage)) return undefined;
  if (!stage.steps.logIn) return "the app's user is not logged in, and the steps have no logIn";
  const before = (await stage.messages("app")).length;
  if (!(await doStep(stage, "logIn"))) return "the step logIn failed";
  if (await stage.sent("LOGGED_IN", before)) return undefined;
  stage.found("user-action-unreported", "logIn: the app did not say userLoggedIn");
  return "the app's user is not logged in";
}

const loggedIn: Record<string, (data: unknown) => boolean> = {
  INITIALIZED: (data) => typeof data === "object" && data !== null && "isLoggedIn" in data && data.isLoggedIn === true,
  LOGGED_IN: () => true,
  LOGGED_OUT: () => false,
};

async function isLoggedIn(stage: Stage): Promise<boolean> {
  const last = (await stage.messages("app")).findLast(({ type }) => Object.hasOwn(loggedIn, type));
  return last !== undefined && loggedIn[last.type]?.(last.data) === true;
}
