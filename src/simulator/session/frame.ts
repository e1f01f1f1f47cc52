// HubSpot's side of the protocol for one iframe: SYNC until SYNC_ACK, then messages in both directions. No DOM.
import { textOf } from "../../protocol/fields.ts";
import { createAppIframe, type Moved } from "./app-iframe.ts";
import { isLarger } from "./payload-size.ts";
import { createSync, type SyncFields } from "./sync.ts";

/** Our choice: notes of 65,536 characters fit, and the page stays responsive. */
const maxMessageLength = 100_000;
/** Longer SDK versions and message types are cut, because the page shows them. */
const maxNameLength = 80;

type FrameOptions = {
  url: string;
  /** In pixels. */
  size: { width: number; height: number };
  /** Called before each SYNC. Returns its fields, or undefined to send no SYNC yet. */
  sync: () => SyncFields | undefined;
  /** Time limit for the answer to SYNC, also if the page never loads. */
  timeoutMs: () => number;
  on: {
    /** A page starts to load, or the page has navigated to another one. */
    loading(url: string, moved?: Moved): void;
    /** The app sent SYNC_ACK. `version` is the SDK's version, and `sync` the SYNC that the app answered. */
    acknowledged(version: string, sync: SyncFields): void;
    /** The page answered the same SYNC a second time. */
    acknowledgedAgain(): void;
    /** The app sent a message. Other data that its window posts is ignored. */
    message(message: { type: string; data?: unknown }): void;
    /** The app sent a message of more than 100,000 characters, which was ignored. A long type is cut. */
    tooLarge(type: string): void;
    noAnswer(): void;
  };
};

export type Frame = ReturnType<typeof openFrame>;

/** Loads a calling app inside an element. Sends SYNC to each page that loads in the frame, as HubSpot does. */
export function openFrame(parent: HTMLElement, { url, size, sync: fields, timeoutMs, on }: FrameOptions) {
  let hasFailed = false;
  let count = 0;

  function post(message: SyncFields): SyncFields {
    // Unlike the SDK's ids, this id contains no timestamp: an SDK that started in the same millisecond would ignore messages
    // with its own timestamp, because it takes them for replies.
    const posted = { messageId: `hubspot_${++count}`, ...message };
    iframe.post(posted);
    return posted;
  }

  const sync = createSync({
    fields,
    post,
    timeoutMs,
    timedOut() {
      // A page that loads later still gets SYNC, but does not fail a second time.
      if (!hasFailed) on.noAnswer();
      hasFailed = true;
    },
  });
  const iframe = createAppIframe(parent, { loading: on.loading, loaded: sync.start });

  function receive(event: MessageEvent<unknown>): void {
    const message = iframe.hasSent(event) ? readMessage(event.data) : undefined;
    if (!message) return;
    const { type, data, messageId, version } = message;
    if (type === "SYNC_ACK") {
      const answer = sync.answered(messageId);
      if (answer?.isSecond) on.acknowledgedAgain();
      else if (answer) on.acknowledged(textOf(version).slice(0, maxNameLength), answer.sync);
    } else if (isLarger([type, data], maxMessageLength)) on.tooLarge(type.slice(0, maxNameLength));
    else on.message(data === undefined ? { type } : { type, data });
  }

  /** Starts to load a page, and starts its time limit. */
  function load(start: () => void): void {
    hasFailed = false;
    start();
    sync.startDeadline();
  }

  window.addEventListener("message", receive);
  iframe.resize(size);
  load(() => iframe.goTo(url));

  return {
    send: (type: string, data?: unknown) => post({ type, data }),
    goTo: (next: string) => load(() => iframe.goTo(next)),
    reload: () => load(iframe.reload),
    movesTo: iframe.movesTo,
    resize: iframe.resize,
    close(): void {
      sync.stop();
      window.removeEventListener("message", receive);
      iframe.remove();
    },
  };
}

type AppMessage = { type: string; messageId: unknown; data: unknown; version: unknown };

/** Returns undefined if the posted data is not a message. */
function readMessage(posted: unknown): AppMessage | undefined {
  if (typeof posted !== "object" || posted === null) return undefined;
  const { type, messageId, payload, ...fields }: SyncFields = { ...posted };
  if (typeof type !== "string" || !messageId) return undefined;
  // SDKs of 2023 used `payload` instead of `data`, and sent the field of SET_WIDGET_URL next to the type.
  const { data = payload ?? (type === "SET_WIDGET_URL" ? fields : undefined), version } = fields;
  return { type, messageId, data, version };
}
