/** The name of the Server-Timing entry with which a server that was started with `--app` marks the simulator's page. */
export const startAppTiming = "start-app";
