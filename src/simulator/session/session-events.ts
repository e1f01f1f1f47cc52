// The events of a session. The rules, the CRM, the log and the tabs subscribe to them.
import type { MessageType } from "../../protocol/message-types.ts";
import type { Message } from "../calls/message.ts";
import type { Finding } from "../rules/finding.ts";
import type { Moved } from "./app-iframe.ts";
import type { RecordedKind } from "./message-log.ts";
import type { ReplyMode } from "./replies.ts";
import type { Settings } from "./settings.ts";

export type Visibility = { isMinimized: boolean; isHidden: boolean };
/** A calling app to load; sizes in pixels. */
export type Provider = { name: string; url: string; width: number; height: number };

export type SessionEvents = {
  /** `isDelivered` is false if no app is loaded. */
  messageSent: { message: Message; isDelivered: boolean };
  messageReceived: { message: Message };
  /** `message` is the message that broke the rule, if any. */
  finding: { finding: Finding; message: Message | undefined };
  /** The text of an alert that HubSpot shows on behalf of the app. */
  alert: { text: string };
  visibility: Visibility;
  /** HubSpot opens a record, in this tab or in a new one. */
  navigation: { record: { objectId: unknown; objectTypeId: unknown }; newTab: boolean };

  /** The user chose an app. `loading` follows. */
  chosen: Provider;
  /** The chosen app is not loaded until the user approves it. */
  withheld: { reason: string };
  /**
   * A page of the app starts to load. Everything that the previous page reported is invalid now. `moved` is set if the
   * page navigated by itself; `url` is then still the app's URL.
   */
  loading: { url: string; moved?: Moved };
  /** The app sent SYNC_ACK with the version of its SDK. READY follows. */
  acknowledged: { version: string };
  initialized: undefined;
  /** Dispatched only if the login changes. */
  login: { isLoggedIn: boolean };
  /** The app did not answer SYNC in time. */
  noAnswer: { timeoutMs: number };
  /** The app did not become ready. `inShort` fits into a small label. */
  failed: { inShort: string; reason: string };
  /** The app was unloaded. No later page resumes its calls. */
  ended: undefined;
  /** The user closed the widget. */
  closed: undefined;

  settings: Settings;
  replyMode: { type: MessageType; mode: ReplyMode; delayMs: number };
  cleared: { kind: RecordedKind };
};
