// Finds the call that each message belongs to: by the ids in the message or, if the message has no ids, by the messages before
// it. Does not use the DOM.
import { type Fields, fieldsOf } from "../../../protocol/fields.ts";
import { isMessageType } from "../../../protocol/message-types.ts";
import { engagementIdOf, externalCallIdOf } from "../../calls/call-ids.ts";
import { isAboutCall, isStart } from "../../calls/call-messages.ts";
import { sentNumber, storedNumber } from "../../calls/call-number.ts";
import type { Engagement } from "../../calls/engagement.ts";
import type { Message } from "../../calls/message.ts";
import { callHues } from "../common/call-color.ts";

/** A call that messages belong to. */
export type MessageCall = {
  /** The app's id for the call; "" if the app sent no id. */
  externalCallId: string;
  /** Usually one. If the app makes a mistake, a call can have several engagements. */
  engagementIds: number[];
  /** The other side's number; "" if no message contained the number. */
  number: string;
  /** The app has ended the call, or has not started it. */
  isOver: boolean;
  hue: number;
};

/** The names and ids by which the user can find a call. */
export type CallNames = { name: string; number: string; ids: string[] };

const maxCalls = 1000;

/** For each event that may lack the call's ids, the app's messages that the event replies to. */
const repliedTo: Record<string, readonly string[]> = {
  CREATE_ENGAGEMENT_SUCCEEDED: ["OUTGOING_CALL_STARTED", "INCOMING_CALL"],
  CREATE_ENGAGEMENT_FAILED: ["OUTGOING_CALL_STARTED", "INCOMING_CALL"],
  ENGAGEMENT_CREATED: ["OUTGOING_CALL_STARTED", "INCOMING_CALL"],
  CALLER_ID_MATCH_SUCCEEDED: ["INCOMING_CALL"],
  CALLER_ID_MATCH_FAILED: ["INCOMING_CALL"],
  UPDATE_ENGAGEMENT_FAILED: ["CALL_COMPLETED"],
};

export class MessageCalls {
  #calls: MessageCall[] = [];
  #added = 0;
  /** The call that HubSpot dialed, until the app starts an outbound call. */
  #dialed: MessageCall | undefined;
  /** The call of the app's last message of each type, in the order of these messages. */
  readonly #lastOf = new Map<string, MessageCall>();
  readonly #engagementOf: (engagementId: number) => Engagement | undefined;

  /** @param engagementOf returns the engagement with this id, if it is on the timeline */
  constructor(engagementOf: (engagementId: number) => Engagement | undefined) {
    this.#engagementOf = engagementOf;
  }

  get count(): number {
    return this.#calls.length;
  }

  /** Returns the message's call. Call this once for each message, in the order of the messages. */
  callOf({ from, type, data }: Message): MessageCall | undefined {
    const fields = fieldsOf(data);
    if (from === "hubspot") {
      return type === "DIAL_NUMBER" ? this.#dial(fields) : (this.#withIds(fields, type) ?? this.#meant(type));
    }
    const call = this.#sentCall(type, fields);
    if (!call) return undefined;
    if (type === "CALL_ENDED" || type === "CALL_COMPLETED") call.isOver = true;
    this.#lastOf.delete(type);
    this.#lastOf.set(type, call);
    return call;
  }

  /** Returns the last call with this externalCallId. Without such a call, returns the last call with this engagementId. */
  find({ externalCallId, engagementId }: { externalCallId: string; engagementId?: number }): MessageCall | undefined {
    return this.#withExternalCallId(externalCallId) ?? this.withEngagement(engagementId);
  }

  withEngagement(id: number | undefined): MessageCall | undefined {
    return this.#calls.findLast((call) => hasEngagement(call, id));
  }

  clear(): void {
    this.#calls = [];
    this.#added = 0;
    this.#dialed = undefined;
    this.#lastOf.clear();
  }

  #sentCall(type: string, fields: Fields): MessageCall | undefined {
    if (!isMessageType(type)) return undefined;
    if (isStart(type)) return this.#start(type === "INCOMING_CALL", fields);
    return this.#withIds(fields, type) ?? (isAboutCall(type) ? this.#calls.at(-1) : undefined);
  }

  /** If the session sends every event twice, both DIAL_NUMBER events are about one call. */
  #dial({ phoneNumber }: Fields): MessageCall {
    const number = sentNumber(false, { phoneNumber });
    if (this.#dialed?.number !== number) this.#dialed = this.#add({ number, isOver: true });
    return this.#dialed;
  }

  #start(isInbound: boolean, fields: Fields): MessageCall {
    const name = externalCallIdOf(fields.externalCallId);
    const dialed = isInbound ? undefined : this.#dialed;
    const known = this.#withExternalCallId(name);
    const call = (known?.isOver ? undefined : known) ?? dialed ?? this.#add({});
    if (!isInbound) this.#dialed = undefined;
    const number = sentNumber(isInbound, fields) || call.number;
    return Object.assign(call, { externalCallId: name, isOver: false, number });
  }

  #withIds({ externalCallId, engagementId }: Fields, type: string): MessageCall | undefined {
    const name = externalCallIdOf(externalCallId);
    const id = engagementIdOf(engagementId);
    if (name === "" && id === undefined) return undefined;
    const engagement = id === undefined ? undefined : this.#engagementOf(id);
    const call =
      this.#calls.findLast((known) => known.externalCallId === name && hasEngagement(known, id)) ??
      this.#withExternalCallId(name) ??
      this.withEngagement(id) ??
      this.#withExternalCallId(engagement?.externalCallId ?? "") ??
      this.#replied(type) ??
      this.#add({ externalCallId: name || (engagement?.externalCallId ?? "") });
    // The two calls stay separate if the app sends the wrong call's id by mistake.
    const mayAddId = call.engagementIds.length === 0 || type === "CREATE_ENGAGEMENT_SUCCEEDED";
    if (id !== undefined && mayAddId && !call.engagementIds.includes(id)) call.engagementIds.push(id);
    return call;
  }

  /** If several calls are in progress, the log does not show which one END_CALL without ids means. */
  #meant(type: string): MessageCall | undefined {
    if (type !== "END_CALL") return this.#replied(type);
    const running = this.#calls.filter(({ isOver }) => !isOver);
    return running.length === 1 ? running[0] : undefined;
  }

  #replied(type: string): MessageCall | undefined {
    const types = Object.hasOwn(repliedTo, type) ? repliedTo[type] : undefined;
    return types && [...this.#lastOf].findLast(([sent]) => types.includes(sent))?.[1];
  }

  #withExternalCallId(name: string): MessageCall | undefined {
    return name === "" ? undefined : this.#calls.findLast(({ externalCallId }) => externalCallId === name);
  }

  #add(known: Partial<MessageCall>): MessageCall {
    const hue = callHues[this.#added++ % callHues.length] ?? callHues[0];
    const call = { externalCallId: "", engagementIds: [], number: "", isOver: false, hue, ...known };
    this.#calls = [...this.#calls, call].slice(-maxCalls);
    return call;
  }
}

const hasEngagement = ({ engagementIds }: MessageCall, id: number | undefined) =>
  id !== undefined && engagementIds.includes(id);

/** Names the call after its record or, if it has no known record, after its number. */
export function namesOf(
  { externalCallId, engagementIds, number: numberInMessage }: MessageCall,
  engagementOf: (engagementId: number) => Engagement | undefined,
  recordName: (record: NonNullable<Engagement["record"]>) => string,
): CallNames {
  const engagement = engagementIds.map(engagementOf).find((found) => found !== undefined);
  const number = (engagement && storedNumber(engagement)) ?? numberInMessage;
  const name = engagement?.record ? recordName(engagement.record) : number || "unknown number";
  return { name, number, ids: [...engagementIds.map(String), externalCallId].filter(Boolean) };
}
