// All scenarios in the order of the report. Each group is a table in its own file.
import { callScenarios } from "./call-scenarios.ts";
import { eventScenarios } from "./event-scenarios.ts";
import { handshakeScenarios } from "./handshake-scenarios.ts";
import { locationScenarios } from "./location-scenarios.ts";
import type { Scenario } from "./scenario.ts";
import { untrustedSenderScenarios } from "./untrusted-sender-scenarios.ts";

/** The first handshake is not in the list: it runs before all of these. */
export const scenarios: Scenario[] = [
  ...handshakeScenarios,
  ...eventScenarios,
  ...locationScenarios,
  ...untrustedSenderScenarios,
  ...callScenarios,
];
