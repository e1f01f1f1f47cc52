/** A server that was started with `--app` sends this Server-Timing entry with the simulator's page. */
export const startAppTiming = "start-app";
