// The host half of the protocol for one iframe: SYNC until SYNC_ACK, then messages both ways. No DOM.
import { textOf } from "../../protocol/fields.ts";
import { createAppIframe } from "./app-iframe.ts";
import { isLarger } from "./payload-size.ts";
import { createSync, type SyncFields } from "./sync.ts";

/** Characters that a message may hold. Chosen: a call's notes of 65,536 pass, and the page stays quick. */
const maxMessageLength = 100_000;
/** Characters that are kept of an app's version, and of the type of a message that is too large. */
const maxNameLength = 80;

type FrameOptions = {
  url: string;
  /** Pixels. */
  size: { width: number; height: number };
  /** The fields of the SYNC to send; nothing while none is to be sent. Asked before each. */
  sync: () => SyncFields | undefined;
  /** The app has failed when it has not answered SYNC by then, even if its page never loads. */
  timeoutMs: () => number;
  on: {
    /** A page begins to load, or the page in the frame has loaded another one by itself. */
    loading(url: string): void;
    /** SYNC_ACK came, with the SDK's version and the SYNC that it answers. */
    acknowledged(version: string, sync: SyncFields): void;
    /** A message of the app. Anything else that its window posts is not reported. */
    message(message: { type: string; data?: unknown }): void;
    /** A message of more than 100,000 characters came and was dropped; its type may be cut. */
    tooLarge(type: string): void;
    noAnswer(): void;
  };
};

export type Frame = ReturnType<typeof openFrame>;

/** Loads a calling app in an element. Each page that loads in the frame is sent SYNC, as HubSpot does it. */
export function openFrame(parent: HTMLElement, { url, size, sync: fields, timeoutMs, on }: FrameOptions) {
  let hasFailed = false;
  let count = 0;

  function post(message: SyncFields): SyncFields {
    // Not the SDK's kind of id: two pages with the same clock would take each other's messages for their own answers.
    const posted = { messageId: `hubspot_${++count}`, ...message };
    iframe.post(posted);
    return posted;
  }

  const sync = createSync({
    fields,
    post,
    timeoutMs,
    timedOut() {
      // A page that loads after this is sent SYNC, too, but does not fail a second time.
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
      const answered = sync.withId(messageId);
      if (!answered) return;
      sync.stop();
      on.acknowledged(textOf(version).slice(0, maxNameLength), answered);
    } else if (isLarger([type, data], maxMessageLength)) on.tooLarge(type.slice(0, maxNameLength));
    else on.message(data === undefined ? { type } : { type, data });
  }

  /** Starts to load a page; its time counts from here. */
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
    resize: iframe.resize,
    close(): void {
      sync.stop();
      window.removeEventListener("message", receive);
      iframe.remove();
    },
  };
}

type AppMessage = { type: string; messageId: unknown; data: unknown; version: unknown };

/** What an app posted, if it has the form of a message. */
function readMessage(posted: unknown): AppMessage | undefined {
  if (typeof posted !== "object" || posted === null) return undefined;
  const { type, messageId, payload, ...fields }: SyncFields = { ...posted };
  if (typeof type !== "string" || !messageId) return undefined;
  // SDKs of 2023 put what is now in `data` into `payload`; setWidgetUrl was once sent with its field beside the type.
  const { data = payload ?? (type === "SET_WIDGET_URL" ? fields : undefined), version } = fields;
  return { type, messageId, data, version };
}
