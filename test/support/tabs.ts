// HubSpot tabs without pages. They connect the ledger, the rules, the CRM and the replies as a session does.

import { fieldsOf } from "../../src/protocol/fields.ts";
import { isMessageType } from "../../src/protocol/message-types.ts";
import { Ledger } from "../../src/simulator/calls/ledger.ts";
import type { Message } from "../../src/simulator/calls/message.ts";
import { Crm } from "../../src/simulator/crm/crm.ts";
import { createEngagements, type Engagements } from "../../src/simulator/crm/engagements.ts";
import { type Effect, effectsOf } from "../../src/simulator/crm/replies.ts";
import { sampleRecords } from "../../src/simulator/crm/sample-records.ts";
import { RuleEngine } from "../../src/simulator/rules/engine.ts";
import type { NewFinding } from "../../src/simulator/rules/finding.ts";

export const portalId = 62515;

export function openStorage() {
  const stored = new Map<string, string>();
  return {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  };
}

export const openTimeline = (storage = openStorage()) => createEngagements(storage, () => {});

/** Opens a tab with this timeline. `storage` survives a reload of the tab. */
export function openTab(engagements: Engagements, storage = openStorage()) {
  const found: NewFinding[] = [];
  const effects: Effect[] = [];
  const ledger = new Ledger(engagements.all);
  const engine = new RuleEngine(ledger, (finding) => found.push(finding));
  const crm = new Crm({ portalId, sendsDeprecated: false }, ledger, engagements, storage, () => sampleRecords);
  for (const engagement of crm.unfinishedEngagements.all()) ledger.resume(engagement);

  return {
    found,
    crm,
    engine,
    rules: () => found.map(({ rule, message }) => `${rule}: ${message}`),
    /** Sends a message from the app, and returns the effects of HubSpot's reply. */
    app(type: string, data?: unknown, at = 0): Effect[] {
      const message: Message = { at, from: "app", type, data };
      engine.appSent(message);
      if (!isMessageType(type)) return [];
      crm.appSent(type, fieldsOf(data));
      const replyEffects = effectsOf(type, data, "succeed", crm);
      for (const effect of replyEffects) {
        if ("event" in effect) engine.hubspotSent({ at, from: "hubspot", type: effect.event, data: effect.data });
        if ("record" in effect) {
          crm.setCurrentEngagement(effect.engagementId);
          engine.frameGone();
        }
      }
      effects.push(...replyEffects);
      return replyEffects;
    },
    close(): void {
      engine.closed();
      crm.closed();
    },
  };
}
