// HubSpot's side of the protocol for one iframe. Sends SYNC until the app answers with SYNC_ACK, then exchanges messages.
import { textOf } from "../../protocol/fields.ts";
import type { CreateAppLoader, Moved } from "./app-loader.ts";
import { isLarger } from "./payload-size.ts";
import { createSync, type SyncFields } from "./sync.ts";

/** Our choice: large enough for notes of 65,536 characters, and small enough to keep the page responsive. */
const maxMessageLength = 100_000;
/** The frame truncates the SDK's version, and the type of a message that is too large, because the page displays them. */
const maxNameLength = 80;

type FrameOptions = {
  url: string;
  size: { width: number; height: number };
  /** Returns the fields of the next SYNC, or undefined to skip that SYNC. */
  sync: () => SyncFields | undefined;
  /** The time limit for the answer to SYNC, which also applies to a page that never loads. */
  timeoutMs: () => number;
  on: {
    loading(url: string, moved?: Moved): void;
    acknowledged(version: string, sync: SyncFields): void;
    acknowledgedAgain(): void;
    message(message: { type: string; data?: unknown }): void;
    tooLarge(type: string): void;
    noAnswer(): void;
  };
};

export type Frame = ReturnType<typeof openFrame>;

export function openFrame(createLoader: CreateAppLoader, { url, size, sync: fields, timeoutMs, on }: FrameOptions) {
  let hasFailed = false;
  let count = 0;

  function post(message: SyncFields): SyncFields {
    // An SDK ignores a message whose id starts with the SDK's start time, because it treats the message as a reply. This id
    // contains no time, so it cannot match an SDK that started in the same millisecond.
    const posted = { messageId: `hubspot_${++count}`, ...message };
    loader.post(posted);
    return posted;
  }

  const sync = createSync({
    fields: () => withHost(fields()),
    post,
    timeoutMs,
    timedOut() {
      // A page that loads later still receives SYNC, but the frame does not report a second failure.
      if (!hasFailed) on.noAnswer();
      hasFailed = true;
    },
  });
  const loader = createLoader({ loading: on.loading, loaded: sync.start, listening: sync.send, message: receive });

  function withHost(values: SyncFields | undefined): SyncFields | undefined {
    return values && { hostUrl: loader.hostUrl, ...values };
  }

  function receive(posted: unknown): void {
    if (!isAppMessage(posted)) return;
    if (posted.type === "SYNC_ACK") acknowledge(posted);
    else if (isLarger(posted, maxMessageLength)) on.tooLarge(posted.type.slice(0, maxNameLength));
    else {
      const { type, data = contentOfOldSdk(posted) } = posted;
      on.message(data === undefined ? { type } : { type, data });
    }
  }

  function acknowledge({ messageId, version }: AppMessage): void {
    const answer = sync.answered(messageId);
    const isText = typeof version === "string" || !isLarger(version, maxMessageLength);
    if (answer?.isSecond) on.acknowledgedAgain();
    else if (answer) on.acknowledged(isText ? textOf(version).slice(0, maxNameLength) : "", answer.sync);
  }

  function load(start: () => void): void {
    hasFailed = false;
    start();
    sync.startDeadline();
  }

  loader.resize(size);
  load(() => loader.goTo(url));

  return {
    send: (type: string, data?: unknown) => post({ type, data }),
    goTo: (next: string) => load(() => loader.goTo(next)),
    reload: () => load(loader.reload),
    movesTo(origin: string): void {
      loader.movesTo(origin);
      sync.moved();
    },
    resize: loader.resize,
    close(): void {
      sync.stop();
      loader.remove();
    },
  };
}

type AppMessage = { type: string; messageId?: unknown; data?: unknown; payload?: unknown; version?: unknown };

/** Does not copy the message, which may be huge. */
function isAppMessage(posted: unknown): posted is AppMessage {
  if (typeof posted !== "object" || posted === null || !("type" in posted) || !("messageId" in posted)) return false;
  return typeof posted.type === "string" && !!posted.messageId;
}

/** SDKs from 2023 used `payload` instead of `data`, and put SET_WIDGET_URL's field at the top level. */
function contentOfOldSdk({ type, messageId: _id, payload, ...fields }: AppMessage): unknown {
  return payload ?? (type === "SET_WIDGET_URL" ? fields : undefined);
}
