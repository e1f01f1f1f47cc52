// The ledger groups a session's messages into calls, and tracks each call's state and engagement. The rules and the CRM use
// the ledger. The ledger does not use the DOM or a clock.
import { type Fields, fieldsOf } from "../../protocol/fields.ts";
import type { MessageType } from "../../protocol/message-types.ts";
import { activeCall, type Call, isRunning } from "./call.ts";
import { engagementIdOf, externalCallIdOf, hasCallId, withEngagementId, withExternalCallId } from "./call-ids.ts";
import { hasEngagementId, isAboutCall, isEngagementCreated, isStart, unknownEventIn } from "./call-messages.ts";
import { advance, catchUp, inferState } from "./call-state.ts";
import type { Engagement } from "./engagement.ts";
import type { Message } from "./message.ts";

export type Change = {
  type: MessageType;
  fields: Fields;
  /** The call after the message. */
  call?: Call;
  /** The call before the message. If the message starts a call, this is an earlier call with the same externalCallId. */
  before?: Readonly<Call>;
  /** For a message without ids: the tab's only call that the app can still end or complete. The message is probably about it. */
  onlyCall?: Call;
  isOutOfOrder: boolean;
  /** The calls that the app can no longer end or complete because of this message. */
  abandoned: readonly Call[];
};

const maxCalls = 1000;

const isUnfinished = ({ state, isFromOtherTab }: Call) => state !== "completed" && !isFromOtherTab;

function forgetEndCall(call: Call): void {
  delete call.endCall;
  delete call.otherEnded;
}

export class Ledger {
  #calls: Call[] = [];
  /** The ids of the replayed calls' engagements, which are not on the timeline. */
  #replayed = new Set<number>();
  #isReplaying = false;
  readonly #fromEarlierReplays = new WeakSet<Call>();
  #sentDeprecatedEvent = false;
  /** The last DIAL_NUMBER, until a call starts. */
  #dial: Message | undefined;
  #timeline: () => readonly Engagement[];

  /** @param timeline returns the CRM's engagements, which other tabs and the API can change */
  constructor(timeline: () => readonly Engagement[]) {
    this.#timeline = timeline;
  }

  /** During a replay, HubSpot's events come from a log, so their engagements may be missing from the CRM. */
  get isReplaying(): boolean {
    return this.#isReplaying;
  }
  set isReplaying(isReplaying: boolean) {
    if (isReplaying === this.isReplaying) return;
    this.#isReplaying = isReplaying;
    this.#dial = undefined;
    for (const call of this.replayed()) {
      forgetEndCall(call);
      if (!isReplaying) continue;
      call.isAbandoned = true;
      this.#fromEarlierReplays.add(call);
    }
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

  hubspotSent(message: Message): void {
    const { type, data } = message;
    const id = engagementIdOf(fieldsOf(data).engagementId);
    if (type === "ENGAGEMENT_CREATED") this.#sentDeprecatedEvent = true;
    if (type === "DIAL_NUMBER") this.#dial = message;
    if (isEngagementCreated(type) && id !== undefined) this.#created(id);
    if (type === "READY" && this.#isReplaying && id !== undefined) this.#replayed.add(id);
    if (type === "CREATE_ENGAGEMENT_FAILED") Object.assign(this.#last("requested") ?? {}, { engagement: "failed" });
    if (type === "END_CALL") this.#toEnd(data, message);
  }

  /**
   * Call this when the app's page is unloaded. The next page can resume the calls, but has received no earlier END_CALL. After a
   * replay, the next page cannot resume the replayed calls, because READY does not contain their ids.
   */
  pageGone(): void {
    for (const call of this.all()) {
      forgetEndCall(call);
      if (call.isReplayed && !this.#isReplaying) call.isAbandoned = true;
    }
  }

  /** Call this when the app is closed. Returns the calls that the app can no longer end or complete. */
  closed(): Call[] {
    this.#dial = undefined;
    return this.#abandon();
  }

  resume(engagement: Engagement): void {
    if (!withEngagementId(this.#calls, engagement.engagementId)) this.#adopt(engagement, false);
  }

  /** Returns the call that these ids identify. If both ids are missing, returns the last call without an externalCallId. */
  callOf({ externalCallId, engagementId }: Fields): Call | undefined {
    const name = externalCallIdOf(externalCallId);
    const id = engagementIdOf(engagementId);
    if (name === "" && id === undefined) return this.#calls.findLast((call) => call.externalCallId === "");
    const hasBoth = (call: { externalCallId: string; engagementId?: number }) =>
      call.externalCallId === name && call.engagementId === id;
    const known = this.#calls.findLast(hasBoth) ?? withExternalCallId(this.#calls, name);
    if (known) return this.#refresh(known);
    const engagements = this.#timeline();
    const stored = engagements.findLast(hasBoth) ?? withExternalCallId(engagements, name);
    if (stored) return this.#adopt(stored, true);
    const other = withEngagementId(this.#calls, id);
    if (other) return this.#refresh(other);
    const created = withEngagementId(engagements, id);
    return created && this.#adopt(created, true);
  }

  all(): readonly Call[] {
    const states = new Map(this.#timeline().map(({ engagementId, state }) => [engagementId, state]));
    for (const call of this.#calls) {
      if (call.engagementId !== undefined) catchUp(call, states.get(call.engagementId));
    }
    return this.#calls;
  }

  replayed(): Call[] {
    return this.#calls.filter((call) => call.isReplayed);
  }

  hasEngagement(id: number): boolean {
    return this.#replayed.has(id) || withEngagementId(this.#timeline(), id) !== undefined;
  }

  /** An old SDK receives the engagementId only through ENGAGEMENT_CREATED. */
  get sentDeprecatedEvent(): boolean {
    return this.#sentDeprecatedEvent;
  }

  /** Starts a call. If the externalCallId belongs to an earlier call, restarts the earlier call. */
  #start(type: MessageType, fields: Fields, message: Message): Change {
    const name = externalCallIdOf(fields.externalCallId);
    const earlier = name === "" ? undefined : this.callOf({ externalCallId: name });
    // An app may use the same ids again in or after a replay.
    const before = earlier && this.#isOfThisRun(earlier) ? earlier : undefined;
    const abandoned = this.#abandon(type, before);
    const replaced = withExternalCallId(this.#calls.filter(this.#isOfThisRun), name);
    const { engagementId, engagement = "none" } = replaced ?? {};
    const dial = type === "OUTGOING_CALL_STARTED" ? (this.#dial ?? replaced?.dial) : undefined;
    this.#dial = undefined;
    this.#calls = this.#calls.filter((call) => call !== replaced);
    const previous = engagement === "failed" ? "none" : engagement;
    const call = this.#add({
      externalCallId: name,
      engagement: fields.createEngagement === true ? "requested" : previous,
      ...(engagementId !== undefined && { engagementId }),
      ...(dial && { dial }),
      reachedBy: { created: message },
    });
    return { type, fields, call, ...(before && { before }), isOutOfOrder: false, abandoned };
  }

  #advance(type: MessageType, fields: Fields, message: Message): Change {
    const call = this.callOf(fields);
    const change = { type, fields, isOutOfOrder: false, abandoned: [] };
    if (!call) {
      const hasIds = hasCallId(fields);
      const onlyCall = hasIds ? undefined : this.#onlyCall();
      // The message probably belongs to this tab's last call that is not completed.
      const latest = this.#calls.findLast(isUnfinished);
      if (latest) inferState(latest, type, hasIds);
      return { ...change, ...(onlyCall && { onlyCall }) };
    }
    const before = { ...call };
    this.#addIds(call, type, fields);
    const isOutOfOrder = advance(call, type, message);
    if (isRunning(before) && !isRunning(call)) this.#endedInstead(call, message);
    return { ...change, call, before, isOutOfOrder };
  }

  #addIds(call: Call, type: MessageType, { externalCallId, engagementId }: Fields): void {
    if (call.externalCallId === "") call.externalCallId = externalCallIdOf(externalCallId);
    const id = engagementIdOf(engagementId);
    if (id === undefined || call.engagement !== "none" || !hasEngagementId(type) || !this.hasEngagement(id)) return;
    Object.assign(call, { engagement: "created", engagementId: id });
  }

  /** Returns this tab's only call that the app can still end or complete, or undefined if there is not exactly one. */
  #onlyCall(): Call | undefined {
    const [call, ...others] = this.all().filter(
      (call) => isUnfinished(call) && !call.isAbandoned && this.#isOfThisRun(call),
    );
    return others.length === 0 ? call : undefined;
  }

  /** END_CALL without ids, as HubSpot probably sends it, can mean only the active call. */
  #toEnd(data: unknown, message: Message): void {
    const { externalCallId, engagementId } = fieldsOf(data);
    const all = this.all();
    const active = activeCall(all.filter(this.#isOfThisRun)) ?? activeCall(all);
    const call = hasCallId(data) ? this.callOf({ externalCallId, engagementId }) : active;
    if (call && isRunning(call)) call.endCall ??= message;
  }

  /** END_CALL has no documented ids, so an app that ends a call that the simulator did not mean has not ignored END_CALL. */
  #endedInstead(call: Call, message: Message): void {
    if (call.endCall) return;
    const meant = this.#calls.find((other) => other.endCall && isRunning(other));
    if (!meant?.endCall) return;
    if (hasCallId(meant.endCall.data)) meant.otherEnded = { endCall: meant.endCall, call, message };
    delete meant.endCall;
  }

  /** @param start the type of the message that starts the next call; undefined if the app is closed */
  #abandon(start?: MessageType, restarted?: Call): Call[] {
    // The app has no influence on when the next inbound call arrives.
    const canWait = (call: Call) =>
      start === "INCOMING_CALL" && isRunning(call) && (call.externalCallId !== "" || call.engagementId !== undefined);
    const canContinueElsewhere = ({ isFromOtherTab, state, reachedBy }: Call) =>
      isFromOtherTab && !(state === "ended" && reachedBy.ended);
    // A replay does not change the calls that were in progress before it.
    const isUntouched = (call: Call) => this.isReplaying && start !== undefined && !call.isReplayed;
    const abandoned = this.all().filter(
      (call) =>
        call !== restarted &&
        !call.isAbandoned &&
        call.state !== "completed" &&
        !canContinueElsewhere(call) &&
        !canWait(call) &&
        !isUntouched(call),
    );
    for (const call of abandoned) call.isAbandoned = true;
    // After a replay, the app need not finish the replayed calls.
    return abandoned.filter((call) => this.isReplaying || !call.isReplayed);
  }

  /** Whether the call started during the current replay or, if no replay is running, outside any replay. */
  readonly #isOfThisRun = (call: Call): boolean =>
    call.isReplayed === this.#isReplaying && !this.#fromEarlierReplays.has(call);

  #created(engagementId: number): void {
    const stored = withEngagementId(this.#timeline(), engagementId);
    if (!stored && !this.#isReplaying) return;
    if (!stored) this.#replayed.add(engagementId);
    const call = this.#calls.findLast(
      ({ engagement, externalCallId }) =>
        engagement === "requested" && (!stored || externalCallId === stored.externalCallId),
    );
    if (call) Object.assign(call, { engagementId, engagement: "created" });
  }

  #last(engagement: Call["engagement"]): Call | undefined {
    return this.#calls.findLast((call) => call.engagement === engagement);
  }

  #refresh(call: Call): Call {
    return catchUp(call, withEngagementId(this.#timeline(), call.engagementId)?.state);
  }

  #adopt({ externalCallId, engagementId, state }: Engagement, isFromOtherTab: boolean): Call {
    return this.#add({
      externalCallId,
      engagementId,
      engagement: "created",
      state,
      isFromOtherTab,
      isReplayed: false,
    });
  }

  #add(call: Pick<Call, "externalCallId" | "engagement"> & Partial<Call>): Call {
    const added: Call = {
      state: "created",
      inferredStates: new Set(),
      isFromOtherTab: false,
      isReplayed: this.#isReplaying,
      isAbandoned: false,
      reachedBy: {},
      ...call,
    };
    this.#calls = [...this.#calls, added].slice(-maxCalls);
    return added;
  }
}
