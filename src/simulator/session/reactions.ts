// How a HubSpot tab reacts to the app's messages: their effects in the tab, and HubSpot's replies.
import { type Fields, fieldsOf } from "../../protocol/fields.ts";
import type { MessageType } from "../../protocol/message-types.ts";
import type { Emitter } from "../common/emitter.ts";
import { startTimer } from "../common/start-timer.ts";
import { nextTask } from "../crm/call-queue.ts";
import type { Crm } from "../crm/crm.ts";
import type { CrmRecord, RecordId } from "../crm/crm-records.ts";
import { type Effect, effectsOf, type ReplyMode } from "../crm/replies.ts";
import type { Frame } from "./frame.ts";
import type { SessionEvents, Visibility } from "./session-events.ts";
import type { Settings } from "./settings.ts";

/** `flush` handles the app's waiting messages. */
type Tab = {
  readonly settings: Settings;
  readonly isReplaying: boolean;
  readonly openRecord: RecordId | undefined;
  flush(): void;
  send(type: string, data?: unknown): void;
  show(visibility: Visibility): void;
  openPage(record: RecordId | undefined): void;
};

type Dependencies = {
  crm: Crm;
  records: () => readonly CrmRecord[];
  /** Returns undefined while no app is loaded. */
  frame: () => Frame | undefined;
  dispatch: Emitter<SessionEvents>["dispatch"];
};

export class Reactions {
  readonly #tab: Tab;
  readonly #crm: Crm;
  readonly #records: Dependencies["records"];
  readonly #frame: Dependencies["frame"];
  readonly #dispatch: Dependencies["dispatch"];
  readonly #replyModes = new Map<MessageType, { mode: ReplyMode; delayMs: number }>();

  constructor(tab: Tab, { crm, records, frame, dispatch }: Dependencies) {
    this.#tab = tab;
    this.#crm = crm;
    this.#records = records;
    this.#frame = frame;
    this.#dispatch = dispatch;
  }

  setReply(type: MessageType, mode: ReplyMode, delayMs: number): void {
    this.#replyModes.set(type, { mode, delayMs });
  }

  /** Makes the message's changes in the tab. They do not depend on the reply. */
  changeTab(type: MessageType, fields: Fields): void {
    this.#tabChanges[type]?.(fields);
  }

  /** Replies after the delay that the user has set, unless the frame has been closed or a replay has started by then. */
  reply(type: MessageType, data: unknown): void {
    const { mode, delayMs } = this.#replyModes.get(type) ?? { mode: "succeed", delayMs: 0 };
    const sender = this.#frame();
    const reply = () => {
      this.#tab.flush();
      if (this.#frame() !== sender || this.#tab.isReplaying) return;
      const effects = effectsOf(type, data, mode, this.#crm);
      this.#crm.replied(type, fieldsOf(data), effects);
      for (const effect of effects) this.#apply(effect);
      if (type === "CALL_COMPLETED" && this.#tab.settings.callQueue) {
        this.#tab.openPage(nextTask(this.#records(), this.#tab.openRecord));
      }
    };
    if (delayMs <= 0) reply();
    else if (Number.isFinite(delayMs)) startTimer(reply, delayMs); // An endless timer would keep a Node process running.
  }

  readonly #tabChanges: Partial<Record<MessageType, (fields: Fields) => void>> = {
    INITIALIZED: ({ sizeInfo }) => {
      this.#frame()?.resize(fieldsOf(sizeInfo));
      this.#dispatch("initialized", undefined);
    },
    CALL_COMPLETED: ({ hideWidget }) => {
      if (hideWidget !== false && !this.#tab.settings.callQueue) this.#tab.show({ isMinimized: false, isHidden: true });
    },
    RESIZE_WIDGET: (size) => this.#frame()?.resize(size),
    ERROR: ({ message }) => {
      if (typeof message === "string") this.#dispatch("alert", { text: message });
    },
  };

  #apply(effect: Effect): void {
    if ("event" in effect) this.#tab.send(effect.event, effect.data);
    else if ("url" in effect) this.#frame()?.goTo(effect.url);
    else {
      const { record, engagementId, newTab } = effect;
      this.#crm.setCurrentEngagement(engagementId);
      // Inferred: the calling window keeps the call, and the tab behind the window navigates.
      const isElsewhere = newTab || this.#tab.settings.iframeLocation === "window";
      if (isElsewhere) this.#dispatch("navigation", { record, newTab });
      else this.#tab.openPage(record);
    }
  }
}
