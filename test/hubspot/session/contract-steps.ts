// The steps of a session as the contract is told of them, and what it finds in them.
import { type Found, openContract } from "../../../src/hubspot/session/contract.ts";

export type Step = (contract: ReturnType<typeof openContract>) => void;

export const app =
  (type: string, data?: unknown): Step =>
  (contract) =>
    contract.appSent({ at: 0, from: "app", type, data });
export const hubspot =
  (type: string, data?: unknown): Step =>
  (contract) =>
    contract.hubspotSent({ at: 0, from: "hubspot", type, data });
export const frameGone: Step = (contract) => contract.frameGone();

export function findings(...steps: Step[]): Found[] {
  const found: Found[] = [];
  const contract = openContract((finding) => found.push(finding));
  for (const step of steps) step(contract);
  return found;
}
export const found = (...steps: Step[]) => findings(...steps).map(({ rule, message }) => `${rule}: ${message}`);

export const initialized = app("INITIALIZED", { isLoggedIn: true });
export const from = "+18005550101";
export const to = "+18005550102";
export const call = (externalCallId: unknown = "a", other: object = {}) => {
  return { externalCallId, fromNumber: from, toNumber: to, createEngagement: true, ...other };
};
export const outgoing = app("OUTGOING_CALL_STARTED", call());
export const created = hubspot("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 7 });
export const answered = app("CALL_ANSWERED", { externalCallId: "a" });
export const ids = { externalCallId: "a", engagementId: 7 };
export const ended = app("CALL_ENDED", ids);
export const completed = app("CALL_COMPLETED", ids);
export const running = [initialized, outgoing, created];
export const over = [...running, answered, ended];

export const objectCoordinates = { portalId: 62515, objectId: 51, objectTypeId: "0-1" };
