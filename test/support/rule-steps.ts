// The steps of a session as the contract is told of them, and what it finds in them.

import { type Found, type Mute, openContract } from "../../src/simulator/rules/engine.ts";
import { openCalls } from "../../src/simulator/session/calls.ts";
import type { Engagement } from "../../src/simulator/session/engagements.ts";

/** A session without its CRM: the timeline is what a step says. */
function openSession() {
  const found: Found[] = [];
  const timeline: Engagement[] = [];
  const calls = openCalls(() => timeline);
  return { found, timeline, calls, contract: openContract(calls, (finding) => found.push(finding)) };
}
export type Step = (session: ReturnType<typeof openSession>) => void;

/** `at` is in milliseconds. */
export const app =
  (type: string, data?: unknown, { at = 0, mute }: { at?: number; mute?: Mute } = {}): Step =>
  ({ contract }) =>
    contract.appSent({ at, from: "app", type, data }, mute);
export const hubspot =
  (type: string, data?: unknown): Step =>
  ({ contract }) =>
    contract.hubspotSent({ at: 0, from: "hubspot", type, data });
export const frameGone: Step = ({ contract }) => contract.frameGone();
export const closed: Step = ({ contract }) => contract.closed();
export const sdk =
  (version: string): Step =>
  ({ contract }) =>
    contract.acknowledged(version);

/** The CRM has this engagement: another tab's, or one that was made over REST. */
export const onTimeline =
  (engagementId: number, externalCallId = "", state: Engagement["state"] = "created"): Step =>
  ({ timeline }) => {
    const before = timeline.findIndex((one) => one.engagementId === engagementId);
    const made = { engagementId, externalCallId, state, direction: "OUTBOUND", properties: {}, createdAt: 0 } as const;
    timeline.splice(before < 0 ? timeline.length : before, 1, { ...made, ghost: false, duplicate: false });
  };
/** The CRM created an engagement for the call, and says so. */
export const createdFor =
  (externalCallId: string, engagementId: number, said: unknown = engagementId): Step =>
  (session) => {
    onTimeline(engagementId, externalCallId)(session);
    hubspot("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: said })(session);
  };

export function findings(...steps: Step[]): Found[] {
  const session = openSession();
  for (const step of steps) step(session);
  return session.found;
}
/** Whether a call runs after these. */
export function isCalling(...steps: Step[]): boolean {
  const session = openSession();
  for (const step of steps) step(session);
  return session.contract.isCalling();
}
export const found = (...steps: Step[]) => findings(...steps).map(({ rule, message }) => `${rule}: ${message}`);
export const rulesOf = (...steps: Step[]) => findings(...steps).map(({ rule, severity }) => `${severity} ${rule}`);

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
