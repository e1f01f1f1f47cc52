// What the check itself finds wrong with an app, besides what the simulator finds: the rules as a table.
import type { Finding as SimulatorFinding } from "../simulator/rules/engine.ts";

type Rule = { severity: "error" | "warning"; source: string; remedy?: string };

const guard =
  "before the SDK is instantiated, add a listener that stops (stopImmediatePropagation) every message whose source is " +
  "not window.parent or whose origin is not HubSpot's; src/app/guard.ts of hubspot-calling-app is an example";

/** The check's own rules: how grave they are, where they come from, and what to do. */
export const rules = {
  "not-ready": { severity: "error", source: "the vendor's pages: the app answers SYNC and says initialized" },
  "not-framed": {
    severity: "error",
    source: "inferred: HubSpot frames apps from app.hubspot.com and the like, as app-eu1.hubspot.com",
    remedy: "serve it with Content-Security-Policy: frame-ancestors https://*.hubspot.com, without X-Frame-Options",
  },
  "not-secure": {
    severity: "error",
    source: "HubSpot's pages are https, in which browsers frame https or this machine alone",
    remedy: "serve it by https",
  },
  uncaught: {
    severity: "error",
    source: "chosen here: whatever comes, a calling app goes on; payloads are checked by nobody on their way",
    remedy: "treat every field of an event as one that may be missing or null, and catch what is rejected",
  },
  "engagement-forgotten": {
    severity: "error",
    source:
      "the vendor's page on receiving calls: after a navigation READY brings the engagementId of the running call",
    remedy: "keep what is known of the call in localStorage, and take it up when READY brings its engagementId",
  },
  "engagement-not-said": {
    severity: "warning",
    source: "the vendor's page on receiving calls: initialized says the engagementId that READY brought",
    remedy: "give initialized the engagementId of READY",
  },
  "untrusted-sync": {
    severity: "error",
    source: "source of SDK 0.9.7: it takes SYNC from any window of any origin, and the first one has the app",
    remedy: guard,
  },
  "untrusted-event": { severity: "error", source: "chosen here: HubSpot alone drives a calling app", remedy: guard },
  "user-action-failed": { severity: "error", source: "the user actions file" },
  "message-not-sent": {
    severity: "error",
    source: "the vendor's page on the calling SDK: the app tells HubSpot of each step of a call",
  },
  "scenario-aborted": { severity: "error", source: "the check itself: the scenario could not be brought to its end" },
  accessibility: { severity: "warning", source: "axe-core's rules" },
} satisfies Record<string, Rule>;

export type RuleName = keyof typeof rules;

/** One thing that is wrong, as the report has it; `remedy` says what to do. */
export type Finding = {
  rule: string;
  severity: "error" | "warning";
  message: string;
  source: string;
  remedy?: string;
  /** The index of the message that it is about, for the HTML page. */
  about?: number;
};

/** A finding of the check's own. */
export function finding(rule: RuleName, message: string): Finding {
  const { severity, source, ...more }: Rule = rules[rule];
  return { rule, severity, message, source, ...more };
}

/** A finding of the simulator's, as the report has it. */
export function findingOfSimulator({ rule, severity, message, source, about }: SimulatorFinding): Finding {
  return { rule, severity, message, source, ...(about !== undefined && { about }) };
}
