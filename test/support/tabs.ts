// Tabs of one HubSpot without their pages: ledger, rules, CRM and replies, as a session joins them.

import { fieldsOf } from "../../src/protocol/fields.ts";
import { isMessageType } from "../../src/protocol/message-types.ts";
import { Ledger } from "../../src/simulator/calls/ledger.ts";
import type { Message } from "../../src/simulator/calls/message.ts";
import { RuleEngine } from "../../src/simulator/rules/engine.ts";
import type { NewFinding } from "../../src/simulator/rules/finding.ts";
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
  const found: NewFinding[] = [];
  const steps: Step[] = [];
  const ledger = new Ledger(engagements.all);
  const engine = new RuleEngine(ledger, (finding) => found.push(finding));
  const crm = openCrm({ portalId, sendsDeprecated: false }, ledger, engagements, storage);
  const goesOn = crm.underWay();
  if (goesOn) ledger.resume(goesOn);

  return {
    found,
    crm,
    engine,
    rules: () => found.map(({ rule, message }) => `${rule}: ${message}`),
    /** What HubSpot answers. */
    app(type: string, data?: unknown, at = 0): Step[] {
      const message: Message = { at, from: "app", type, data };
      engine.appSent(message);
      if (!isMessageType(type)) return [];
      crm.take(type, fieldsOf(data));
      const due = answer(type, data, "succeed", crm.forAnswers);
      for (const step of due) {
        if ("event" in step) engine.hubspotSent({ at, from: "hubspot", type: step.event, data: step.data });
        if ("record" in step) {
          crm.goesOnWith(step.engagementId);
          engine.frameGone();
        }
      }
      steps.push(...due);
      return due;
    },
    close(): void {
      engine.closed();
      crm.closed();
    },
  };
}
