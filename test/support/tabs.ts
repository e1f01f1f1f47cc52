// Tabs of one HubSpot without their pages: calls, contract, CRM and answers, as a session joins them.

import { fieldsOf } from "../../src/protocol/fields.ts";
import { isMessageType } from "../../src/protocol/message-types.ts";
import { type Found, type Message, openContract } from "../../src/simulator/rules/engine.ts";
import { openCalls } from "../../src/simulator/session/calls.ts";
import { openCrm } from "../../src/simulator/session/crm.ts";
import { type Engagements, openEngagements } from "../../src/simulator/session/engagements.ts";
import { answer, type Step } from "../../src/simulator/session/replies.ts";

export const portalId = 62515;

export function openStorage() {
  const stored = new Map<string, string>();
  return {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  };
}

export const openTimeline = (storage = openStorage()) => openEngagements(storage, () => {});

/** A tab on a timeline; `storage` is what the tab keeps over a reload of its page. */
export function openTab(engagements: Engagements, storage = openStorage()) {
  const found: Found[] = [];
  const steps: Step[] = [];
  const calls = openCalls(engagements.all);
  const contract = openContract(calls, (finding) => found.push(finding));
  const crm = openCrm({ portalId, sendsDeprecated: false }, calls, engagements, storage);
  const goesOn = crm.underWay();
  if (goesOn) calls.takeUp(goesOn);

  return {
    found,
    crm,
    contract,
    rules: () => found.map(({ rule, message }) => `${rule}: ${message}`),
    /** What HubSpot answers. */
    app(type: string, data?: unknown, at = 0): Step[] {
      const message: Message = { at, from: "app", type, data };
      contract.appSent(message);
      if (!isMessageType(type)) return [];
      crm.take(type, fieldsOf(data));
      const due = answer(type, data, "succeed", crm.forAnswers);
      for (const step of due) {
        if ("event" in step) contract.hubspotSent({ at, from: "hubspot", type: step.event, data: step.data });
        if ("record" in step) {
          crm.goesOnWith(step.engagementId);
          contract.frameGone();
        }
      }
      steps.push(...due);
      return due;
    },
    close(): void {
      contract.closed();
      crm.closed();
    },
  };
}
