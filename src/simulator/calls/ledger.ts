// The ledger: folds the messages of one session into calls. It decides which call a message is about, in which state the
// call is then, and which engagement it has. Rules and CRM read it; it knows neither. No DOM, no clock.
import { type CallState, isLater, isUnderWay } from "../../protocol/call-states.ts";
import { type Fields, fieldsOf, textOf } from "../../protocol/fields.ts";
import { isEventType, type MessageType } from "../../protocol/message-types.ts";
import type { Engagement } from "./engagement.ts";
import type { Message } from "./message.ts";

export type Call = {
  /** The app's id for it; "" if the app sent none. */
  externalCallId: string;
  engagementId?: number;
  /** missed: HubSpot created it, but the app's SDK does not know the event that says so. */
  engagement: "none" | "asked" | "created" | "failed" | "missed";
  state: CallState;
  /** States that the call reached without a message that names it, or before a state that comes earlier. */
  inferredStates: Set<CallState>;
  /** Another tab began it, and may go on with it. */
  isFromOtherTab: boolean;
  /** It is too late to end or complete it: another call started, or the app is gone. */
  isAbandoned: boolean;
  /** The message that brought the call into each state. */
  reachedBy: { [State in CallState]?: Message };
  /** The END_CALL by which HubSpot asked to end it. */
  endCall?: Message;
};

/** What one message of the app did to the calls. */
export type Change = {
  type: MessageType;
  fields: Fields;
  /** The call that the message is about, after the message. */
  call?: Call;
  /** The same call before the message. For the start of a call: an earlier call with the same externalCallId. */
  before?: Readonly<Call>;
  /** The call was in a state that this message must not follow. */
  isOutOfOrder: boolean;
  /** Calls that this message made too late to end or complete. */
  abandoned: readonly Call[];
};

/** From which states a message may come, and to which it leads. Transfers are undocumented: they change nothing. */
const transitions: Partial<Record<MessageType, { from: CallState[]; to?: CallState }>> = {
  CALL_ANSWERED: { from: ["created"], to: "answered" },
  CALL_TRANSFERRED: { from: ["created", "answered"] },
  CALL_ENDED: { from: ["created", "answered"], to: "ended" },
  CALL_COMPLETED: { from: ["ended"], to: "completed" },
};
const starts: readonly MessageType[] = ["OUTGOING_CALL_STARTED", "INCOMING_CALL"];
const withEngagement: readonly MessageType[] = [
  "CALL_ENDED",
  "CALL_COMPLETED",
  "FINALIZE_ENGAGEMENT",
  "PUBLISH_TO_CHANNEL",
];

/** Calls that are remembered in addition to the timeline. */
const maxCalls = 1000;

export const isStart = (type: MessageType) => starts.includes(type);
/** Whether the message can name its call by an engagementId. */
export const hasEngagementId = (type: MessageType) => withEngagement.includes(type);
export const isAboutCall = (type: MessageType) =>
  isStart(type) || hasEngagementId(type) || transitions[type] !== undefined;

/** The app's id for a call as text; "" for a value that cannot be an id. */
export function nameOf(externalCallId: unknown): string {
  const isName = typeof externalCallId === "string" || Number.isFinite(externalCallId);
  return isName ? textOf(externalCallId) : "";
}

/** HubSpot's id for a call, from a number or its digits; undefined for a value that cannot be an id. */
export function engagementIdOf(value: unknown): number | undefined {
  const isId = Number.isSafeInteger(value) || (typeof value === "string" && /^\d{1,15}$/.test(value));
  return isId ? Number(value) : undefined;
}

/** Whether a call was started and has not ended. */
export const isRunning = ({ state, isAbandoned }: Call) => !isAbandoned && isUnderWay(state);

/** The event that the app's SDK did not know, if this is the SDK's answer to one. */
export function unknownEventIn(type: MessageType, { type: error, data }: Fields) {
  if (type !== "ERROR" || error !== "UNKNOWN_MESSAGE_TYPE") return undefined;
  const event = fieldsOf(fieldsOf(data).originalMessage).type;
  return typeof event === "string" && isEventType(event) ? event : undefined;
}

function named<C extends { externalCallId: string }>(calls: readonly C[], name: string): C | undefined {
  return name === "" ? undefined : calls.findLast((call) => call.externalCallId === name);
}

function numbered<C extends { engagementId?: number }>(calls: readonly C[], id: number | undefined): C | undefined {
  return id === undefined ? undefined : calls.findLast((call) => call.engagementId === id);
}

/** A call is as far as it has come here or, by another tab, on the timeline. */
function catchUp(call: Call, state: CallState | undefined): Call {
  if (state && isLater(state, call.state)) call.state = state;
  return call;
}

export class Ledger {
  #calls: Call[] = [];
  /** Engagements of a log that is being replayed: they are not on the timeline. */
  #replayed = new Set<number>();
  #sentDeprecatedEvent = false;
  #timeline: () => readonly Engagement[];

  /** @param timeline the CRM's engagements; read at each message, because other tabs and the API change them */
  constructor(timeline: () => readonly Engagement[]) {
    this.#timeline = timeline;
  }

  appSent(type: MessageType, fields: Fields, message: Message): Change {
    if (isStart(type)) return this.#start(type, fields, message);
    if (isAboutCall(type)) return this.#advance(type, fields, message);
    if (unknownEventIn(type, fields) === "CREATE_ENGAGEMENT_SUCCEEDED" && !this.#sentDeprecatedEvent) {
      const call = this.#last("created");
      if (call) call.engagement = "missed";
    }
    return { type, fields, isOutOfOrder: false, abandoned: [] };
  }

  /** @param isReplayed the message comes from a log: the CRM does not have what it names */
  hubspotSent(message: Message, isReplayed = false): void {
    const { type, data } = message;
    const id = engagementIdOf(fieldsOf(data).engagementId);
    if (type === "ENGAGEMENT_CREATED") this.#sentDeprecatedEvent = true;
    if (/^(CREATE_ENGAGEMENT_SUCCEEDED|ENGAGEMENT_CREATED)$/.test(type) && id !== undefined) {
      this.#created(id, isReplayed);
    }
    if (type === "CREATE_ENGAGEMENT_FAILED") Object.assign(this.#last("asked") ?? {}, { engagement: "failed" });
    if (type === "END_CALL") for (const call of this.all().filter(isRunning)) call.endCall ??= message;
  }

  /** The app's page is gone. Another page of the app may go on with the call, but did not get the END_CALL. */
  pageGone(): void {
    for (const call of this.all()) delete call.endCall;
  }

  /** The app is gone. Gives the calls for which it is too late now. */
  closed(): Call[] {
    return this.#abandon();
  }

  /** This tab goes on with a call that it had before its page was loaded again. */
  resume(engagement: Engagement): void {
    this.#adopt(engagement, false);
  }

  /** The call that a message with these fields is about. Without any id, it is about the last call without an id. */
  callOf({ externalCallId, engagementId }: Fields): Call | undefined {
    const name = nameOf(externalCallId);
    const id = engagementIdOf(engagementId);
    if (name === "" && id === undefined) return this.#calls.findLast((call) => call.externalCallId === "");
    const hasBoth = (call: { externalCallId: string; engagementId?: number }) =>
      call.externalCallId === name && call.engagementId === id;
    const known = this.#calls.findLast(hasBoth) ?? named(this.#calls, name);
    if (known) return this.#refresh(known);
    const engagements = this.#timeline();
    const stored = engagements.findLast(hasBoth) ?? named(engagements, name);
    if (stored) return this.#adopt(stored, true);
    const other = numbered(this.#calls, id);
    if (other) return this.#refresh(other);
    const created = numbered(engagements, id);
    return created && this.#adopt(created, true);
  }

  all(): readonly Call[] {
    const states = new Map(this.#timeline().map(({ engagementId, state }) => [engagementId, state]));
    for (const call of this.#calls) {
      if (call.engagementId !== undefined) catchUp(call, states.get(call.engagementId));
    }
    return this.#calls;
  }

  hasEngagement(id: number): boolean {
    return this.#replayed.has(id) || numbered(this.#timeline(), id) !== undefined;
  }

  /** Whether HubSpot sent ENGAGEMENT_CREATED, from which an old SDK learns the engagementId. */
  get sentDeprecatedEvent(): boolean {
    return this.#sentDeprecatedEvent;
  }

  /** A call begins, or begins again under the same externalCallId. */
  #start(type: MessageType, fields: Fields, message: Message): Change {
    const name = nameOf(fields.externalCallId);
    const before = name === "" ? undefined : this.callOf({ externalCallId: name });
    const abandoned = this.#abandon(before);
    const replaced = named(this.#calls, name);
    const { engagementId, engagement = "none" } = replaced ?? {};
    this.#calls = this.#calls.filter((call) => call !== replaced);
    const kept = engagement === "failed" ? "none" : engagement;
    const call = this.#add({
      externalCallId: name,
      engagement: fields.createEngagement === true ? "asked" : kept,
      ...(engagementId !== undefined && { engagementId }),
      reachedBy: { created: message },
    });
    return { type, fields, call, ...(before && { before }), isOutOfOrder: false, abandoned };
  }

  #advance(type: MessageType, fields: Fields, message: Message): Change {
    const call = this.callOf(fields);
    const change = { type, fields, isOutOfOrder: false, abandoned: [] };
    if (!call) {
      this.#inferState(transitions[type]?.to);
      return change;
    }
    const before = { ...call };
    this.#takeIds(call, type, fields);
    return { ...change, call, before, isOutOfOrder: this.#move(call, type, message) };
  }

  /** A call without an id, or without an engagement, takes those that the message names. */
  #takeIds(call: Call, type: MessageType, { externalCallId, engagementId }: Fields): void {
    if (call.externalCallId === "") call.externalCallId = nameOf(externalCallId);
    const id = engagementIdOf(engagementId);
    if (id === undefined || call.engagement !== "none" || !hasEngagementId(type) || !this.hasEngagement(id)) return;
    Object.assign(call, { engagement: "created", engagementId: id });
  }

  /** Brings the call into the state that the message leads to. Gives whether the message was out of order. */
  #move(call: Call, type: MessageType, message: Message): boolean {
    const { from = [], to } = transitions[type] ?? {};
    const isOutOfOrder =
      transitions[type] !== undefined && !from.includes(call.state) && !call.inferredStates.has(call.state);
    if (!to) return isOutOfOrder;
    // The state that was left out may still come: that follows from this message.
    if (isOutOfOrder && isLater(to, call.state)) call.inferredStates.add(to);
    call.reachedBy[to] ??= message;
    if (isLater(to, call.state)) call.state = to;
    else if (call.state === to) call.inferredStates.delete(to);
    return isOutOfOrder;
  }

  /** A message that named no call, or an unknown one, was about the last call that is not completed. */
  #inferState(state: CallState | undefined): void {
    const latest = this.#calls.findLast(({ state, isFromOtherTab }) => state !== "completed" && !isFromOtherTab);
    if (!state || !latest || !isLater(state, latest.state)) return;
    latest.state = state;
    latest.inferredStates.add(state);
  }

  #abandon(goesOn?: Call): Call[] {
    const isLeftToOtherTab = ({ isFromOtherTab, state, reachedBy }: Call) =>
      isFromOtherTab && !(state === "ended" && reachedBy.ended);
    const late = this.all().filter(
      (call) => call !== goesOn && !call.isAbandoned && call.state !== "completed" && !isLeftToOtherTab(call),
    );
    for (const call of late) call.isAbandoned = true;
    return late;
  }

  /** HubSpot created an engagement for the call that asked for it. */
  #created(engagementId: number, isReplayed: boolean): void {
    const stored = numbered(this.#timeline(), engagementId);
    if (!stored && !isReplayed) return;
    if (!stored) this.#replayed.add(engagementId);
    const call = this.#calls.findLast(
      ({ engagement, externalCallId }) =>
        engagement === "asked" && (!stored || externalCallId === stored.externalCallId),
    );
    if (call) Object.assign(call, { engagementId, engagement: "created" });
  }

  #last(engagement: Call["engagement"]): Call | undefined {
    return this.#calls.findLast((call) => call.engagement === engagement);
  }

  #refresh(call: Call): Call {
    return catchUp(call, numbered(this.#timeline(), call.engagementId)?.state);
  }

  #adopt({ externalCallId, engagementId, state }: Engagement, isFromOtherTab: boolean): Call {
    return this.#add({ externalCallId, engagementId, engagement: "created", state, isFromOtherTab });
  }

  #add(call: Pick<Call, "externalCallId" | "engagement"> & Partial<Call>): Call {
    const added: Call = {
      state: "created",
      inferredStates: new Set(),
      isFromOtherTab: false,
      isAbandoned: false,
      reachedBy: {},
      ...call,
    };
    this.#calls = [...this.#calls, added].slice(-maxCalls);
    return added;
  }
}
