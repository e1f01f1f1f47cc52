// How long a check can take. All limits depend on --timeout, which limits each step in the app.

/** The number of steps in the longest scenario, and the time that the check itself needs for a scenario. */
const scenario = { steps: 8, ownMs: 20_000 };
/** Only an app that fails in most scenarios comes near this limit. */
const wholeCheck = { steps: 30, ownMs: 60_000 };

export const scenarioLimitMs = (timeoutMs: number) => scenario.steps * timeoutMs + scenario.ownMs;
export const checkLimitMs = (timeoutMs: number) => wholeCheck.steps * timeoutMs + wholeCheck.ownMs;
