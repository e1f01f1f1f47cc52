// The list of scenarios, in the order of the report. Each group is a table in a file beside this one.
import { callScenarios } from "./call-scenarios.ts";
import { eventScenarios } from "./event-scenarios.ts";
import { handshakeScenarios } from "./handshake-scenarios.ts";
import { locationScenarios } from "./location-scenarios.ts";
import type { Scenario } from "./scenario.ts";
import { untrustedSenderScenarios } from "./untrusted-sender-scenarios.ts";

/** All that follow the first handshake, without which no other scenario can be tried. */
export const scenarios: Scenario[] = [
  ...handshakeScenarios,
  ...eventScenarios,
  ...locationScenarios,
  ...untrustedSenderScenarios,
  ...callScenarios,
];
