// Simulates one HubSpot tab with one calling app: loads the app, exchanges messages with it, and dispatches events.

import { fieldsOf } from "../../protocol/fields.ts";
import { isMessageType, type MessageType } from "../../protocol/message-types.ts";
import { engagementIdOf } from "../calls/call-ids.ts";
import type { CallIds, Engagement } from "../calls/engagement.ts";
import { Ledger } from "../calls/ledger.ts";
import type { Message } from "../calls/message.ts";
import { createEmitter } from "../common/emitter.ts";
import { type CallInProgress, callsInProgress } from "../crm/calls-in-progress.ts";
import { Crm } from "../crm/crm.ts";
import { type CrmRecord, type DialedCall, dialNumber, type RecordId } from "../crm/crm-records.ts";
import type { Engagements } from "../crm/engagements.ts";
import type { ReplyMode } from "../crm/replies.ts";
import { sampleRecords } from "../crm/sample-records.ts";
import type { TabStorage } from "../crm/unfinished-engagements.ts";
import { withRepeatedEvents } from "../replay/repeated-events.ts";
import { RuleEngine } from "../rules/engine.ts";
import type { Finding, NewFinding } from "../rules/finding.ts";
import type { RuleId } from "../rules/index.ts";
import type { CreateAppLoader, Moved } from "./app-loader.ts";
import { type Frame, openFrame } from "./frame.ts";
import { subscribeInitializedDeadline } from "./initialized-deadline.ts";
import { createMessageLog, type RecordedKind } from "./message-log.ts";
import { Reactions } from "./reactions.ts";
import type { Provider, SessionEvents, Visibility } from "./session-events.ts";
import { type Settings, syncFields } from "./settings.ts";
import { subscribeCrm, subscribeRules } from "./subscribers.ts";
import type { SyncFields } from "./sync.ts";

/** Labels for the findings that make `hubspot.ready` reject. */
const failures = new Map([
  ["no-answer", "No answer"],
  ["page-moved", "Page moved"],
  ["not-initialized", "Not initialized"],
]);
const fullyVisible: Visibility = { isMinimized: false, isHidden: false };

export class Session {
  readonly settings: Settings;
  /** The engagementId in READY during a replay. */
  #replayedEngagementId: number | undefined;

  readonly #events = createEmitter<SessionEvents>();
  readonly on = this.#events.on;
  readonly #dispatch = this.#events.dispatch;

  readonly #log = createMessageLog();
  readonly #ledger: Ledger;
  readonly #rules: RuleEngine;
  readonly #crm: Crm;
  readonly #reactions: Reactions;

  readonly #createLoader: CreateAppLoader;
  #frame: Frame | undefined;
  #provider: Provider | undefined;
  #openedUrl = "";
  #loadedAtMs = 0;
  #wasLoggedIn = false;
  #visibility = fullyVisible;

  readonly #records: () => readonly CrmRecord[];
  readonly #engagements: Engagements;

  /**
   * @param storage survives a reload of the tab
   * @param records returns the CRM's records, which the user can change
   */
  constructor(
    createLoader: CreateAppLoader,
    settings: Settings,
    engagements: Engagements,
    storage: TabStorage = globalThis.sessionStorage,
    records: () => readonly CrmRecord[] = () => sampleRecords,
  ) {
    this.#createLoader = createLoader;
    this.#records = records;
    this.#engagements = engagements;
    this.settings = settings;
    this.#ledger = new Ledger(engagements.all);
    this.#rules = new RuleEngine(this.#ledger, (finding) => this.#addFinding(finding));
    this.#crm = new Crm(settings, this.#ledger, engagements, storage, records);
    const [crm, dispatch] = [this.#crm, this.#dispatch];
    this.#reactions = new Reactions(this, { crm, records, frame: () => this.#frame, dispatch });
    // The rules must subscribe before the CRM, because they update the ledger that the CRM reads.
    subscribeRules(this.#rules, this, () => this.#dispatch("endOverdue", undefined));
    subscribeCrm(this.#crm, this);
    subscribeInitializedDeadline(this);
  }

  /**
   * During a replay, the app's messages do not change the CRM. The session sends no replies, because the replies come from
   * the log.
   */
  get isReplaying(): boolean {
    return this.#ledger.isReplaying;
  }
  set isReplaying(isReplaying: boolean) {
    if (isReplaying === this.isReplaying) return;
    this.flush();
    this.#ledger.isReplaying = isReplaying;
    this.#replayedEngagementId = undefined;
  }

  get messages(): readonly Message[] {
    return this.#log.messages;
  }
  get findings(): readonly Finding[] {
    return this.#log.findings;
  }
  get visibility(): Visibility {
    return this.#visibility;
  }
  get isOpen(): boolean {
    return this.#frame !== undefined;
  }
  get isLoggedIn(): boolean {
    return this.#rules.isLoggedIn();
  }
  /** During a call, HubSpot does not let the user dial, close the widget or navigate. */
  get isCalling(): boolean {
    return this.#rules.isCalling();
  }
  get calls(): CallInProgress[] {
    return callsInProgress(this.#ledger.all(), this.#engagements.all(), this.#records());
  }

  /** The calls on the timeline, and the replayed calls as they would be on the timeline, oldest first. */
  get callsWithReplayed(): readonly Engagement[] {
    const [stored, replayed] = [this.#engagements.all(), this.#crm.replayedCalls()];
    return replayed.length === 0 ? stored : [...stored, ...replayed].sort((a, b) => a.createdAt - b.createdAt);
  }

  /** Returns a replay's call with this engagementId, as it would be on the timeline. */
  replayedCall(engagementId: number): Engagement | undefined {
    return this.#crm.replayedCall(engagementId);
  }

  /** The record whose page is open; undefined outside any record. */
  get openRecord(): RecordId | undefined {
    return this.#crm.openRecord;
  }
  /** Whether the app in this tab has the call, and would end it after END_CALL. */
  isRunningHere(call: CallIds): boolean {
    return this.isOpen && this.#crm.isRunningHere(call);
  }

  /** Sets the engagementId that READY contains until the end of the replay. */
  resumeInReplay(engagementId: unknown): void {
    this.#replayedEngagementId = engagementIdOf(engagementId);
  }

  /** Returns an engagementId for a call in a replay. */
  newEngagementId(): number {
    return this.#engagements.newId();
  }

  /** Handles the app's waiting messages, so that they precede the next action of the user or of a script. */
  flush(): void {
    this.#frame?.flush();
  }

  change(settings: Partial<Settings>): void {
    this.flush();
    Object.assign(this.settings, settings);
    this.#dispatch("settings", this.settings);
  }

  answer(type: MessageType, mode: ReplyMode, delayMs = 0): void {
    this.flush();
    this.#reactions.setReply(type, mode, delayMs);
    this.#dispatch("replyMode", { type, mode, delayMs });
  }

  clear(kind: RecordedKind): void {
    this.flush();
    this.#log.clear(kind);
    this.#dispatch("cleared", { kind });
  }

  report(rule: RuleId, message: string): void {
    this.#rules.report(rule, message);
  }

  /** Reports that the app cannot become ready, although the app has made no mistake. */
  fail(inShort: string, reason: string): void {
    this.#dispatch("failed", { inShort, reason });
  }

  choose(provider: Provider): void {
    this.flush();
    const { name, url } = provider;
    this.#provider = provider;
    this.#crm.loadedApp = { name, url };
    for (const engagement of this.#crm.unfinishedEngagements.all()) this.#ledger.resume(engagement);
    this.#dispatch("chosen", provider);
    this.open();
  }

  /** Unloads the current app, because the chosen app must not load until the user approves it. */
  withhold(reason: string): void {
    this.flush();
    this.#provider = undefined;
    this.#end();
    this.#dispatch("withheld", { reason });
  }

  /** Loads the chosen app. An app with the same URL as before can resume its calls. */
  open(): void {
    this.flush();
    if (!this.#provider) return;
    const { url, width, height } = this.#provider;
    if (url !== this.#openedUrl) this.#end();
    this.#frame?.close();
    this.#openedUrl = url;
    this.#loadedAtMs = performance.now();
    this.#visibility = fullyVisible;
    this.#frame = openFrame(this.#createLoader, {
      url,
      size: { width, height },
      sync: () => this.#syncFields(),
      timeoutMs: () => this.settings.timeout,
      batch: this.#engagements.batch,
      on: {
        loading: (loaded, moved) => this.#startLoading(loaded, moved),
        acknowledged: (version, sync) => this.#acknowledge(version, sync),
        acknowledgedAgain: () => this.#rules.acknowledgedAgain(),
        message: (message) => this.#receive(message),
        tooLarge: (type) =>
          this.report("too-large", `${type} was ignored, because it was longer than 100,000 characters`),
        noAnswer: () => this.#dispatch("noAnswer", { timeoutMs: this.settings.timeout }),
      },
    });
    this.#dispatch("visibility", this.#visibility);
  }

  reload(): void {
    this.flush();
    this.#loadedAtMs = performance.now();
    this.#frame?.reload();
  }

  /** Call this when the page in the iframe navigates to another origin by itself. */
  movesTo(origin: string): void {
    this.flush();
    this.#frame?.movesTo(origin);
  }

  /** Unloads the app, as if the user had closed the tab. */
  close(): void {
    this.flush();
    this.#end();
    this.#dispatch("closed", undefined);
  }

  show(next: Visibility): void {
    this.flush();
    const { isHidden, isMinimized } = this.#visibility;
    if (next.isHidden === isHidden && next.isMinimized === isMinimized) return;
    this.#visibility = next;
    this.#dispatch("visibility", next);
    if (this.#frame) this.send("VISIBILITY_CHANGED", next);
  }

  #end(): void {
    if (!this.#frame) return;
    this.isReplaying = false;
    this.#dispatch("ended", undefined);
    this.#dispatchLogin();
    this.#frame.close();
    this.#frame = undefined;
  }

  #startLoading(url: string, moved: Moved | undefined): void {
    this.#dispatch("loading", { url, ...(moved && { moved }) });
    this.#dispatchLogin();
  }

  #syncFields(): SyncFields | undefined {
    if (performance.now() - this.#loadedAtMs < this.settings.syncDelay) return undefined;
    const running = this.isReplaying
      ? this.#replayedEngagementId
      : this.#crm.unfinishedEngagements.running()?.engagementId;
    return syncFields(this.settings, running);
  }

  #acknowledge(version: string, { type: _type, messageId: _id, ...data }: SyncFields): void {
    this.#dispatch("acknowledged", { version });
    this.#dispatch("messageSent", { message: this.#addMessage("hubspot", "READY", data), isDelivered: true });
  }

  send(type: string, data?: unknown): void {
    this.flush();
    // A replay sends each event as often as the log contains it.
    for (let times = this.settings.twice && !this.isReplaying ? 2 : 1; times > 0; times--) {
      const message = this.#addMessage("hubspot", type, data);
      this.#dispatch("messageSent", { message, isDelivered: this.isOpen });
      this.#frame?.send(type, data);
    }
  }

  /** Sends END_CALL. If several calls are in progress, END_CALL contains this call's ids, which is our choice. */
  hangUp({ externalCallId, engagementId }: Pick<CallInProgress, "externalCallId" | "engagementId">): void {
    const ids = { externalCallId, ...(engagementId !== undefined && { engagementId }) };
    this.send("END_CALL", this.calls.length > 1 ? ids : undefined);
  }

  dial(call: DialedCall): void {
    this.show(fullyVisible);
    this.setOpenRecord(call.page);
    this.send("DIAL_NUMBER", dialNumber(call, this.settings));
  }

  /** Opens a record's page. As in HubSpot, opening a page reloads the app. */
  openPage(record: RecordId | undefined): void {
    this.setOpenRecord(record);
    this.reload();
  }

  /** Marks a record as open, without a reload. */
  setOpenRecord(record: RecordId | undefined): void {
    this.flush();
    this.#crm.openRecord = record;
    this.#dispatch("navigation", { record, newTab: false });
  }

  #receive({ type, data }: { type: string; data?: unknown }): void {
    this.#dispatch("messageReceived", { message: this.#addMessage("app", type, data) });
    if (!isMessageType(type)) return;
    this.#reactions.changeTab(type, fieldsOf(data));
    this.#dispatchLogin();
    this.#reactions.reply(type, data);
  }

  #addMessage(from: Message["from"], type: string, data: unknown): Message {
    const message: Message = { at: Date.now(), from, type, ...(data !== undefined && { data }) };
    this.#log.addMessage(message);
    return message;
  }

  #dispatchLogin(): void {
    const { isLoggedIn } = this;
    if (isLoggedIn !== this.#wasLoggedIn) this.#dispatch("login", { isLoggedIn });
    this.#wasLoggedIn = isLoggedIn;
  }

  #addFinding(newFinding: NewFinding): void {
    const finding = this.#log.addFinding(this.settings.twice ? withRepeatedEvents(newFinding) : newFinding);
    const message = finding.about === undefined ? undefined : this.messages[finding.about];
    this.#dispatch("finding", { finding, message });
    const inShort = failures.get(finding.rule);
    if (inShort) this.#dispatch("failed", { inShort, reason: finding.message });
  }
}
