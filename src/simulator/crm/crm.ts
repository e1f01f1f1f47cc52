// The CRM for one tab: the changes that the app's messages cause. Does not use the DOM.

import { isUnderWay } from "../../protocol/call-states.ts";
import { type Fields, fieldsOf } from "../../protocol/fields.ts";
import { isMessageType, type MessageType } from "../../protocol/message-types.ts";
import { type Call, ownRunning } from "../calls/call.ts";
import { engagementIdOf, externalCallIdOf } from "../calls/call-ids.ts";
import { isAboutCall, isStart } from "../calls/call-messages.ts";
import type { CallIds, Engagement } from "../calls/engagement.ts";
import type { Ledger } from "../calls/ledger.ts";
import { type CrmRecord, callersOf, isSameRecord, type RecordId } from "./crm-records.ts";
import { type DescribedCall, describeCall } from "./describe-call.ts";
import { type Engagements, newEngagement } from "./engagements.ts";
import type { CrmForReplies, Effect } from "./replies.ts";
import { type TabStorage, UnfinishedEngagements } from "./unfinished-engagements.ts";

/** How messages change their call's engagement, regardless of the reply. */
const changes: Partial<Record<MessageType, (engagements: Engagements, id: number, fields: Fields) => void>> = {
  CALL_ANSWERED: (engagements, id) => engagements.advance(id, "answered"),
  CALL_ENDED(engagements, id, { callEndStatus }) {
    engagements.advance(id, "ended");
    engagements.merge(id, { hs_call_status: callEndStatus });
  },
  CALL_COMPLETED: (engagements, id) => engagements.advance(id, "completed"),
};

export class Crm implements CrmForReplies {
  openRecord: RecordId | undefined;
  readonly unfinishedEngagements: UnfinishedEngagements;
  /** The app that was chosen last. READY never contains another app's call. */
  loadedApp: Engagement["app"];
  readonly #settings: { portalId: number; sendsDeprecated: boolean };
  readonly #ledger: Ledger;
  readonly #engagements: Engagements;
  readonly #records: () => readonly CrmRecord[];
  /**
   * The engagements that the messages in a replay were about. The app's data about these calls comes from the log, so the app
   * must not change the stored engagements.
   */
  readonly #replayed = new Set<number>();

  constructor(
    settings: { portalId: number; sendsDeprecated: boolean },
    ledger: Ledger,
    engagements: Engagements,
    storage: TabStorage,
    records: () => readonly CrmRecord[],
  ) {
    this.#settings = settings;
    this.#ledger = ledger;
    this.#engagements = engagements;
    this.#records = records;
    this.unfinishedEngagements = new UnfinishedEngagements(storage, engagements.all, (engagement) =>
      this.#isOfLoadedApp(engagement),
    );
  }

  get sendsDeprecated(): boolean {
    return this.#settings.sendsDeprecated;
  }

  callersOf(number: unknown) {
    return callersOf(this.#records(), number, this.#settings.portalId);
  }

  recordAt({ portalId, objectId, objectTypeId }: Fields): RecordId | undefined {
    if (portalId !== this.#settings.portalId) return undefined;
    return this.#records().find((record) => isSameRecord({ objectId, objectTypeId }, record));
  }

  createEngagement(type: MessageType, fields: Fields): number {
    const { externalCallId } = fields;
    const call = this.#ledger.callOf({ externalCallId });
    const { direction, properties, record } = this.#describe(type, fields, call);
    const more = { ...(this.loadedApp && { app: this.loadedApp }), ...(record && { record }) };
    const engagementId = this.#engagements.create(externalCallIdOf(externalCallId), direction, properties, more);
    this.#addUnfinishedEngagement(engagementId, externalCallIdOf(externalCallId));
    if (call?.engagement === "requested") this.#catchUp(engagementId, call.reachedBy);
    return engagementId;
  }

  /** Returns the replayed calls as they would be on the timeline. The CRM does not store them. */
  replayedCalls(): Engagement[] {
    return this.#ledger.replayed().flatMap((call) => this.#asEngagement(call) ?? []);
  }

  replayedCall(engagementId: number): Engagement | undefined {
    const call = this.#ledger.replayed().findLast((replayed) => replayed.engagementId === engagementId);
    return call && this.#asEngagement(call);
  }

  engagementOf(fields: Fields): number | undefined {
    const { engagementId } = fields;
    const id = engagementId === undefined ? this.#ledger.callOf(fields)?.engagementId : engagementIdOf(engagementId);
    return this.#canChange(id) ? id : undefined;
  }

  isReplayed(engagementId: unknown): boolean {
    const id = engagementIdOf(engagementId);
    return id !== undefined && this.#replayed.has(id);
  }

  mergeProperties(engagementId: number, properties: object): void {
    this.#engagements.merge(engagementId, properties);
  }

  /** If the message is callCompleted, stores whether HubSpot's reply was UPDATE_ENGAGEMENT_FAILED. */
  replied(type: MessageType, fields: Fields, effects: readonly Effect[]): void {
    const engagementId = type === "CALL_COMPLETED" ? this.#changedEngagement(fields) : undefined;
    const isFailure = effects.some((effect) => "event" in effect && effect.event === "UPDATE_ENGAGEMENT_FAILED");
    if (this.#canChange(engagementId)) this.#engagements.setUpdateFailed(engagementId, isFailure);
  }

  /** Call this for each of the app's messages in a replay, instead of `appSent`. */
  appSentInReplay(type: MessageType, fields: Fields): void {
    this.namedInReplay(fields);
    if (isAboutCall(type)) this.namedInReplay(this.#ledger.callOf(fields) ?? {});
  }

  /** Call this for each event that a replay sends. */
  namedInReplay({ engagementId }: Fields): void {
    const id = engagementIdOf(engagementId);
    if (id !== undefined) this.#replayed.add(id);
  }

  /** Call this when the app receives READY outside a replay. The app may then continue the call whose id READY contains. */
  ready({ engagementId }: Fields): void {
    const id = engagementIdOf(engagementId);
    if (id !== undefined) this.#replayed.delete(id);
  }

  /** Call this after `ledger.appSent`. */
  appSent(type: MessageType, fields: Fields): void {
    if (isStart(type)) this.#markGhosts();
    const change = changes[type];
    const engagementId = change && this.#changedEngagement(fields);
    if (!this.#canChange(engagementId)) return;
    this.#claim(engagementId);
    if (type === "CALL_ANSWERED" && this.unfinishedEngagements.has(engagementId))
      this.setCurrentEngagement(engagementId);
    change?.(this.#engagements, engagementId, fields);
    // The call's other engagement stays unfinished, but the call is over.
    const callsOwn = this.#ledger.callOf(fields)?.engagementId;
    if (type === "CALL_ENDED" && callsOwn !== engagementId) this.unfinishedEngagements.drop([callsOwn]);
  }

  /** Whether the loaded app has the call, and would end it after END_CALL. */
  isRunningHere({ engagementId, externalCallId }: CallIds): boolean {
    const isSame = (call: Call) =>
      call.engagementId === undefined
        ? externalCallId !== "" && call.externalCallId === externalCallId
        : call.engagementId === engagementId;
    const isCurrent = (call: Engagement) => isUnderWay(call.state) && call.engagementId === engagementId;
    return ownRunning(this.#ledger.all()).some(isSame) || this.unfinishedEngagements.all().some(isCurrent);
  }

  setCurrentEngagement(engagementId: unknown): void {
    const id = engagementIdOf(engagementId);
    if (!this.#canChange(id)) return;
    this.#claim(id);
    this.unfinishedEngagements.makeCurrent(id);
  }

  /**
   * Call this when the app is unloaded. READY no longer contains the call's id, so the next page cannot resume the call. An
   * ended call is a ghost call until an app completes the call.
   */
  closed(): void {
    this.unfinishedEngagements.clear();
    this.#markGhosts();
  }

  #asEngagement(call: Call): Engagement | undefined {
    const { created } = call.reachedBy;
    if (!created || !isMessageType(created.type)) return undefined;
    const { externalCallId, engagementId = Number.NaN } = call;
    const { direction, properties, ...known } = this.#describe(created.type, fieldsOf(created.data), call);
    const engagement = newEngagement([], engagementId, externalCallId, direction, properties);
    return { ...engagement, createdAt: created.at, ...known };
  }

  /** A call can have two engagements by mistake. A message changes the one whose id it contains, or else the second. */
  #changedEngagement(fields: Fields): number | undefined {
    const call = this.#ledger.callOf(fields);
    const id = engagementIdOf(fields.engagementId);
    const isOfCall = ({ engagementId, externalCallId }: Engagement) =>
      engagementId === id && externalCallId === call?.externalCallId;
    return this.#engagements.all().some(isOfCall) ? id : call?.engagementId;
  }

  /** A call that starts during another call waits, so it does not become the current call. */
  #addUnfinishedEngagement(id: number, externalCallId: string): void {
    // A second engagement of the same call replaces the first.
    this.unfinishedEngagements.dropIf((other) => externalCallId !== "" && other.externalCallId === externalCallId);
    const running = this.unfinishedEngagements.running();
    for (const engagementId of [id, running?.engagementId]) this.setCurrentEngagement(engagementId);
  }

  /** A call that the API created belongs to the first app that changes the call's state or makes it the tab's current call. */
  #claim(engagementId: number): void {
    if (this.loadedApp) this.#engagements.claim(engagementId, this.loadedApp);
  }

  #isOfLoadedApp({ app }: Engagement): boolean {
    return !app || !this.loadedApp || app.url === this.loadedApp.url;
  }

  #canChange(engagementId: number | undefined): engagementId is number {
    return (
      engagementId !== undefined &&
      !this.#replayed.has(engagementId) &&
      this.#engagements.all().some((engagement) => engagement.engagementId === engagementId)
    );
  }

  #describe(type: MessageType, fields: Fields, call: Call | undefined): DescribedCall {
    return describeCall(type, fields, call, { records: this.#records(), openRecord: this.openRecord });
  }

  #markGhosts(): void {
    const abandoned = this.#ledger.all().filter((call) => call.isAbandoned);
    const ids = abandoned.flatMap(({ engagementId: id }) => (this.#canChange(id) ? id : []));
    this.#engagements.markGhosts(ids);
    if (ids.length > 0) this.unfinishedEngagements.drop(ids);
  }

  /** The app may have answered or ended the call before HubSpot created the engagement. */
  #catchUp(engagementId: number, { answered, ended }: Call["reachedBy"]): void {
    if (answered) changes.CALL_ANSWERED?.(this.#engagements, engagementId, fieldsOf(answered.data));
    if (ended) changes.CALL_ENDED?.(this.#engagements, engagementId, fieldsOf(ended.data));
  }
}
