// How long a check can take. --timeout limits each step in the app; other limits depend on it.

/** The number of steps in the longest scenario, and the time that the check itself needs for a scenario. */
const scenario = { steps: 8, ownMs: 20_000 };
/** Only an app that fails in most scenarios comes near this limit. */
const wholeCheck = { steps: 30, ownMs: 60_000 };

export const scenarioLimitMs = (timeoutMs: number) => scenario.steps * timeoutMs + scenario.ownMs;
export const checkLimitMs = (timeoutMs: number) => wholeCheck.steps * timeoutMs + wholeCheck.ownMs;

/** How long the check waits for the simulator's page, in addition to --timeout. */
export type SimulatorLimits = {
  /** Used if the app shares a process with the simulator. If this is too short, the scenario merely runs again. */
  sharedMs: number;
  /** Used if the app runs in a separate process. Generous, because the machine may be busy. */
  isolatedMs: number;
};
export const simulatorLimits: SimulatorLimits = { sharedMs: 5000, isolatedMs: 30_000 };
