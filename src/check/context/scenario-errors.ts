/** The scenario cannot continue. A finding states the reason. */
export class ScenarioStopped extends Error {}
/** The simulator's page does not respond, possibly because the app blocks the process that both pages share. */
export class SimulatorBlocked extends Error {}
