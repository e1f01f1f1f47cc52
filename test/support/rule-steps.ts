// Session steps for testing the rules, and functions that return the findings.

import type { Engagement } from "../../src/simulator/calls/engagement.ts";
import { Ledger } from "../../src/simulator/calls/ledger.ts";
import { RuleEngine } from "../../src/simulator/rules/engine.ts";
import type { NewFinding } from "../../src/simulator/rules/finding.ts";
import type { Place } from "../../src/simulator/rules/rule.ts";

/** Opens a session without a CRM. The steps change the timeline. */
function openSession() {
  const found: NewFinding[] = [];
  const timeline: Engagement[] = [];
  const ledger = new Ledger(() => timeline);
  return { found, timeline, ledger, engine: new RuleEngine(ledger, (finding) => found.push(finding)) };
}
export type Step = (session: ReturnType<typeof openSession>) => void;

/** Sends a message from the app. `at` is in milliseconds. */
export const app =
  (type: string, data?: unknown, { at = 0, ...place }: Partial<Place> & { at?: number } = {}): Step =>
  ({ engine }) =>
    engine.appSent({ at, from: "app", type, data }, { isWidget: true, isHidden: false, ...place });
export const hubspot =
  (type: string, data?: unknown): Step =>
  ({ engine }) =>
    engine.hubspotSent({ at: 0, from: "hubspot", type, data });
export const frameGone: Step = ({ engine }) => engine.frameGone();
export const closed: Step = ({ engine }) => engine.closed();
export const sdk =
  (version: string): Step =>
  ({ engine }) =>
    engine.acknowledged(version);

/** Adds or replaces an engagement, as another tab or the REST API does. */
export const onTimeline =
  (engagementId: number, externalCallId = "", state: Engagement["state"] = "created"): Step =>
  ({ timeline }) => {
    const before = timeline.findIndex((engagement) => engagement.engagementId === engagementId);
    const engagement = {
      engagementId,
      externalCallId,
      state,
      direction: "OUTBOUND",
      properties: {},
      createdAt: 0,
    } as const;
    timeline.splice(before < 0 ? timeline.length : before, 1, { ...engagement, ghost: false, duplicate: false });
  };
/** Adds an engagement for the call, and sends CREATE_ENGAGEMENT_SUCCEEDED. */
export const createdFor =
  (externalCallId: string, engagementId: number, sentId: unknown = engagementId): Step =>
  (session) => {
    onTimeline(engagementId, externalCallId)(session);
    hubspot("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: sentId })(session);
  };

/** Steps in order, which may contain groups of steps. */
export type Steps = readonly (Step | Steps)[];

function play(steps: Steps, session = openSession()): ReturnType<typeof openSession> {
  for (const step of steps) {
    if (typeof step === "function") step(session);
    else play(step, session);
  }
  return session;
}

export const findings = (...steps: Steps): NewFinding[] => play(steps).found;
/** Returns whether a call is in progress after these steps. */
export const isCalling = (...steps: Steps): boolean => play(steps).engine.isCalling();
export const found = (...steps: Steps) => findings(...steps).map(({ rule, message }) => `${rule}: ${message}`);
export const rulesOf = (...steps: Steps) => findings(...steps).map(({ rule, severity }) => `${severity} ${rule}`);

export const initialized = app("INITIALIZED", { isLoggedIn: true });
export const from = "+18005550101";
export const to = "+18005550102";
export const call = (externalCallId: unknown = "a", other: object = {}) => {
  return { externalCallId, fromNumber: from, toNumber: to, createEngagement: true, ...other };
};
export const outgoing = app("OUTGOING_CALL_STARTED", call());
export const created = createdFor("a", 7);
export const answered = app("CALL_ANSWERED", { externalCallId: "a" });
export const ids = { externalCallId: "a", engagementId: 7 };
export const ended = app("CALL_ENDED", ids);
export const completed = app("CALL_COMPLETED", ids);
export const running = [initialized, outgoing, created];
export const over = [...running, answered, ended];

export const objectCoordinates = { portalId: 62515, objectId: 51, objectTypeId: "0-1" };

/** Resumes the calls on the timeline, as a tab does after a reload. */
export const resumed: Step = ({ ledger, timeline }) => {
  for (const engagement of timeline) ledger.resume(engagement);
};
/** Simulates a HubSpot event that the app's SDK does not support. */
export const unknownEvent = (type: string, more: Partial<Place> = {}) =>
  app("ERROR", { type: "UNKNOWN_MESSAGE_TYPE", data: { originalMessage: { type } } }, more);

const endCallAt = (at: number, data?: object) => ({ at, from: "hubspot", type: "END_CALL", data }) as const;
const endCalls = { 1: endCallAt(1), 2: endCallAt(2), "named b": endCallAt(1, { externalCallId: "b" }) };
export const endCall =
  (which: keyof typeof endCalls): Step =>
  ({ engine }) =>
    engine.hubspotSent(endCalls[which]);
/** Simulates the expiry of the time limit for this END_CALL. */
export const overdue =
  (which: keyof typeof endCalls): Step =>
  ({ engine }) =>
    engine.endIsOverdue(endCalls[which], 30_000);
