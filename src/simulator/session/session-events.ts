import type { MessageType } from "../../protocol/message-types.ts";
import type { Message } from "../calls/message.ts";
import type { RecordId } from "../crm/crm-records.ts";
import type { ReplyMode } from "../crm/replies.ts";
import type { Finding } from "../rules/finding.ts";
import type { Moved } from "./app-loader.ts";
import type { RecordedKind } from "./message-log.ts";
import type { Settings } from "./settings.ts";

export type Visibility = { isMinimized: boolean; isHidden: boolean };
/** A calling app. Width and height are in pixels. */
export type Provider = { name: string; url: string; width: number; height: number };

export type SessionEvents = {
  /** `isDelivered` is false if no app is loaded. */
  messageSent: { message: Message; isDelivered: boolean };
  messageReceived: { message: Message };
  finding: { finding: Finding; message: Message | undefined };
  alert: { text: string };
  visibility: Visibility;
  /** HubSpot opens a page. `record` is undefined for a page outside any record. */
  navigation: { record: RecordId | undefined; newTab: boolean };

  chosen: Provider;
  /** The chosen app is not loaded until the user approves it. */
  withheld: { reason: string };
  /**
   * The app starts to load, or its page has navigated by itself and the next page has loaded. `moved` is set only in the
   * second case. Even then, `url` is the app's URL. What the previous page reported no longer applies.
   */
  loading: { url: string; moved?: Moved };
  /** The app sent SYNC_ACK with its SDK version. READY follows. */
  acknowledged: { version: string };
  initialized: undefined;
  /** Dispatched only when the value changes. */
  login: { isLoggedIn: boolean };
  noAnswer: { timeoutMs: number };
  failed: { inShort: string; reason: string };
  /** The time limit for callEnded after END_CALL expired. */
  endOverdue: undefined;
  /** The app is unloaded, and no later page resumes its calls. */
  ended: undefined;
  closed: undefined;

  settings: Settings;
  replyMode: { type: MessageType; mode: ReplyMode; delayMs: number };
  cleared: { kind: RecordedKind };
};
