// What a session dispatches. Everything that shows, checks or keeps what happens in the session subscribes to these.
import type { MessageType } from "../../protocol/message-types.ts";
import type { Message } from "../calls/message.ts";
import type { Finding } from "../rules/finding.ts";
import type { RecordedKind } from "./message-log.ts";
import type { ReplyMode } from "./replies.ts";
import type { Settings } from "./settings.ts";

export type Visibility = { isMinimized: boolean; isHidden: boolean };
/** A calling app that can be loaded; sizes in pixels. */
export type Provider = { name: string; url: string; width: number; height: number };

export type SessionEvents = {
  /** `isDelivered` is false when no app is open. */
  messageSent: { message: Message; isDelivered: boolean };
  messageReceived: { message: Message };
  /** `message` is what the finding is about, if it is about a message. */
  finding: { finding: Finding; message: Message | undefined };
  /** The text of an alert that HubSpot shows for the app. */
  alert: { text: string };
  visibility: Visibility;
  /** HubSpot goes to a record, in this tab or in a new one. */
  navigation: { record: { objectId: unknown; objectTypeId: unknown }; newTab: boolean };

  /** An app was chosen. `loading` follows. */
  chosen: Provider;
  /** The chosen app is not loaded, because the user has not confirmed it yet. */
  withheld: { reason: string };
  /** A page of the app begins to load. Nothing that the page before it said is valid any more. */
  loading: { url: string };
  /** SYNC_ACK came, with the SDK's version. READY follows. */
  acknowledged: { version: string };
  initialized: undefined;
  /** Only when it changes. */
  login: { isLoggedIn: boolean };
  /** SYNC was not answered in time. */
  noAnswer: { timeoutMs: number };
  /** The app did not become ready; `inShort` is a word or two. */
  failed: { inShort: string; reason: string };
  /** The app's frame was removed: no page of the app goes on with its calls. */
  ended: undefined;
  /** The user closed the widget. */
  closed: undefined;

  settings: Settings;
  replyMode: { type: MessageType; mode: ReplyMode; delayMs: number };
  cleared: { kind: RecordedKind };
};
