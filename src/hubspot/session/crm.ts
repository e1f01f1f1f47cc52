// HubSpot's CRM as one tab knows it: what a message of the app changes there, and which call is under way. No DOM.
import { type Crm, type Fields, type MessageType, textOf } from "./answers.ts";
import type { Engagement, Engagements } from "./engagements.ts";
import { callersOf } from "./records.ts";

const runningKey = "running engagement";
const runs: Engagement["state"][] = ["created", "answered"];

/**
 * Opens the CRM for one tab.
 * @param settings what a person can set; read at each message
 * @param storage what the tab keeps over a reload
 */
export function openCrm(
  settings: { portalId: number; sendsDeprecated: boolean },
  engagements: Engagements,
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
) {
  const goesOnWith = (engagementId: unknown) => storage.setItem(runningKey, textOf(engagementId));

  /** What the answers need of it. */
  const crm: Crm = {
    callersOf: (number) => callersOf(number, settings.portalId),
    createEngagement(type, { externalCallId, fromNumber, toNumber, callStartTime }) {
      const direction = type === "INCOMING_CALL" ? "INBOUND" : "OUTBOUND";
      const engagementId = engagements.create(textOf(externalCallId), direction, {
        hs_call_direction: direction,
        hs_call_from_number: textOf(fromNumber ?? ""),
        hs_call_to_number: textOf(toNumber ?? ""),
        hs_timestamp: textOf(callStartTime ?? Date.now()),
      });
      goesOnWith(engagementId);
      return engagementId;
    },
    mergeProperties: engagements.merge,
    get sendsDeprecated() {
      return settings.sendsDeprecated;
    },
  };

  /** What a message changes, besides being answered. */
  const changes: Partial<Record<MessageType, (fields: Fields) => void>> = {
    OUTGOING_CALL_STARTED: () => engagements.giveUp(),
    INCOMING_CALL: () => engagements.giveUp(),
    CALL_ANSWERED: ({ externalCallId }) => engagements.advance(externalCallId, "answered"),
    CALL_ENDED: ({ externalCallId, engagementId, callEndStatus }) => {
      storage.removeItem(runningKey);
      engagements.advance(externalCallId, "ended");
      if (callEndStatus !== undefined) engagements.merge(engagementId, { hs_call_status: callEndStatus });
    },
    CALL_COMPLETED: ({ externalCallId }) => engagements.advance(externalCallId, "completed"),
  };

  return {
    forAnswers: crm,
    /** The app sent this. */
    take: (type: MessageType, fields: Fields) => changes[type]?.(fields),
    /** The call that this tab has under way, also after a reload. */
    running: () =>
      engagements
        .all()
        .find(({ engagementId, state }) => runs.includes(state) && `${engagementId}` === storage.getItem(runningKey)),
    goesOnWith,
    /** The app's page is gone: what ended and was not completed never will be. */
    giveUp: engagements.giveUp,
  };
}
