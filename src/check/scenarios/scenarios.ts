import { callScenarios } from "./call-scenarios.ts";
import { eventScenarios } from "./event-scenarios.ts";
import { handshakeScenarios } from "./handshake-scenarios.ts";
import { locationScenarios } from "./location-scenarios.ts";
import { recordScenarios } from "./record-scenarios.ts";
import type { Scenario } from "./scenario.ts";
import { untrustedSenderScenarios } from "./untrusted-sender-scenarios.ts";

/** The scenarios in report order, except framing and the first handshake, which come before them. */
export const scenarios: Scenario[] = [
  ...handshakeScenarios,
  ...eventScenarios,
  ...locationScenarios,
  ...untrustedSenderScenarios,
  ...callScenarios,
  ...recordScenarios,
];
