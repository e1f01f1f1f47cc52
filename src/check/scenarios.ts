// Everything that HubSpot does to an app, in the order of the report.
import { calls } from "./calls.ts";
import { events } from "./events.ts";
import { handshakes, inPlaces } from "./handshake.ts";
import type { Scenario } from "./scenario.ts";
import { untrustedSenderScenarios } from "./untrusted-sender.ts";

/** What comes after the first handshake; without that, nothing else can be tried. */
export const scenarios: Scenario[] = [...handshakes, ...events, ...inPlaces, ...untrustedSenderScenarios, ...calls];
