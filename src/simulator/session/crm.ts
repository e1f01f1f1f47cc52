// HubSpot's CRM as one tab knows it: what a message of the app changes there, and which call is under way. No DOM.

import { isUnderWay } from "../../protocol/call-states.ts";
import { type Fields, fieldsOf } from "../../protocol/fields.ts";
import type { MessageType } from "../../protocol/message-types.ts";
import type { Engagement } from "../calls/engagement.ts";
import { type Call, engagementIdOf, type Ledger, nameOf } from "../calls/ledger.ts";
import { callersOf, records } from "./crm-records.ts";
import type { Engagements } from "./engagements.ts";
import type { Crm } from "./replies.ts";

/** The call of this tab that is not completed: the next page of the app takes it up. */
const underWayKey = "running engagement";

/**
 * Opens the CRM for one tab.
 * @param settings what a person can set; read at each message
 * @param ledger which call a message is about
 * @param storage what the tab keeps over a reload
 */
export function openCrm(
  settings: { portalId: number; sendsDeprecated: boolean },
  ledger: Ledger,
  engagements: Engagements,
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
) {
  const has = (engagementId: number | undefined) =>
    engagementId !== undefined && engagements.all().some((one) => one.engagementId === engagementId);

  /** The call that this tab began and that is not completed, also after a reload. */
  function underWay(): Engagement | undefined {
    const list = engagements.all(); // before the storage, which only a browser has
    return list.find(({ engagementId, state }) => {
      return state !== "completed" && `${engagementId}` === storage.getItem(underWayKey);
    });
  }

  function goesOnWith(engagementId: number | undefined): void {
    if (has(engagementId)) storage.setItem(underWayKey, `${engagementId}`);
  }

  /** What the answers need of it. */
  const crm: Crm = {
    callersOf: (number) => callersOf(number, settings.portalId),
    createEngagement(type, { externalCallId, fromNumber, toNumber, phoneNumber, callStartTime }) {
      const direction = type === "INCOMING_CALL" ? "INBOUND" : "OUTBOUND";
      const engagementId = engagements.create(nameOf(externalCallId), direction, {
        hs_call_direction: direction,
        hs_call_from_number: fromNumber,
        hs_call_to_number: toNumber ?? (type === "OUTGOING_CALL_STARTED" ? phoneNumber : undefined), // deprecated
        hs_timestamp: callStartTime ?? Date.now(),
      });
      goesOnWith(engagementId);
      const call = ledger.callOf({ externalCallId });
      if (call?.engagement === "asked") catchUp(engagementId, call.reachedBy);
      return engagementId;
    },
    engagementOf(fields) {
      const { engagementId } = fields;
      const id = engagementId === undefined ? ledger.callOf(fields)?.engagementId : engagementIdOf(engagementId);
      return has(id) ? id : undefined;
    },
    mergeProperties: engagements.merge,
    hasRecord: ({ portalId, objectId, objectTypeId }) =>
      portalId === settings.portalId &&
      records.some((one) => one.objectId === objectId && one.objectTypeId === objectTypeId),
    get sendsDeprecated() {
      return settings.sendsDeprecated;
    },
  };

  function giveUp(): void {
    const abandoned = ledger.all().filter((call) => call.isAbandoned);
    engagements.giveUp(abandoned.flatMap(({ engagementId = [] }) => engagementId));
  }

  /** What a message changes for its call's engagement, besides being answered. */
  const changes: Partial<Record<MessageType, (engagementId: number, fields: Fields) => void>> = {
    CALL_ANSWERED: (engagementId) => engagements.advance(engagementId, "answered"),
    CALL_ENDED(engagementId, { callEndStatus }) {
      engagements.advance(engagementId, "ended");
      engagements.merge(engagementId, { hs_call_status: callEndStatus });
    },
    CALL_COMPLETED: (engagementId) => engagements.advance(engagementId, "completed"),
  };

  /** An engagement that is created late has missed what the app said of its call. */
  function catchUp(engagementId: number, { answered, ended }: Call["reachedBy"]): void {
    if (answered) changes.CALL_ANSWERED?.(engagementId, fieldsOf(answered.data));
    if (ended) changes.CALL_ENDED?.(engagementId, fieldsOf(ended.data));
  }

  return {
    forAnswers: crm,
    /** The app sent this; the calls know of it already. */
    take(type: MessageType, fields: Fields): void {
      if (type === "OUTGOING_CALL_STARTED" || type === "INCOMING_CALL") giveUp();
      const change = changes[type];
      const engagementId = change && ledger.callOf(fields)?.engagementId;
      if (engagementId !== undefined) change?.(engagementId, fields);
    },
    underWay,
    /** The call that READY names to the app's next page. */
    running(): Engagement | undefined {
      const call = underWay();
      return call && isUnderWay(call.state) ? call : undefined;
    },
    goesOnWith: (engagementId: unknown) => goesOnWith(engagementIdOf(engagementId)),
    /** The app is gone: no page of it takes the call up, and what ended and was not completed never will be. */
    closed(): void {
      storage.removeItem(underWayKey);
      giveUp();
    },
  };
}
