// HubSpot's side of the protocol for one iframe. Sends SYNC until the app answers with SYNC_ACK or the time limit passes, and
// exchanges messages with the app.
import { textOf } from "../../protocol/fields.ts";
import type { CreateAppLoader, Moved } from "./app-loader.ts";
import { Inbox } from "./inbox.ts";
import { isLarger, payloadSize } from "./payload-size.ts";
import { createSync, type SyncFields } from "./sync.ts";

/** Our choice: large enough for notes of 65,536 characters, and small enough to keep the page responsive. */
const maxMessageLength = 100_000;
/** The page displays the SDK's version, and the type of a message that is too large. The frame truncates both to this length. */
const maxNameLength = 80;

type FrameOptions = {
  url: string;
  size: { width: number; height: number };
  /** Returns the fields of the next SYNC, or undefined to skip that SYNC. */
  sync: () => SyncFields | undefined;
  /** The time limit for the answer to SYNC, which also applies to a page that never loads. */
  timeoutMs: () => number;
  /** Calls `run`, which handles one or more of the app's messages. Calls can be nested. */
  batch: (run: () => void) => void;
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

export function openFrame(createLoader: CreateAppLoader, options: FrameOptions) {
  const { url, size, sync: fields, timeoutMs, batch, on } = options;
  let hasFailed = false;
  let count = 0;

  function post(message: SyncFields): SyncFields {
    const posted = { messageId: messageIdOf(++count), ...message };
    loader.post(posted);
    return posted;
  }

  const sync = createSync({
    fields() {
      const values = fields();
      return values && { hostUrl: loader.hostUrl, ...values };
    },
    post,
    timeoutMs,
    beforeTimeout: () => inbox.flush(),
    timedOut() {
      // A page that loads later still receives SYNC, but the frame does not report a second failure.
      if (!hasFailed) on.noAnswer();
      hasFailed = true;
    },
  });
  const handle = (posted: AppMessage, size: number) =>
    posted.type === "SYNC_ACK" ? acknowledge(posted) : dispatch(posted, size, on);
  const inbox = new Inbox(handle, { batch });
  const loader = createLoader({
    loading(loaded, moved) {
      inbox.flush();
      on.loading(loaded, moved);
    },
    loaded: sync.start,
    listening: sync.send,
    message(posted) {
      if (isAppMessage(posted)) inbox.add(posted, payloadSize(posted, maxMessageLength));
    },
  });

  function acknowledge({ messageId, version }: AppMessage): void {
    const answer = sync.answered(messageId);
    if (answer?.isSecond) on.acknowledgedAgain();
    else if (answer) on.acknowledged(versionText(version), answer.sync);
  }

  function load(start: () => void): void {
    hasFailed = false;
    // The waiting messages are from the previous page.
    inbox.clear();
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
    flush: () => inbox.flush(),
    close(): void {
      inbox.clear();
      sync.stop();
      loader.remove();
    },
  };
}

type AppMessage = { type: string; messageId?: unknown; data?: unknown; payload?: unknown; version?: unknown };

/**
 * An SDK ignores a message whose id starts with the SDK's start time, because it treats the message as a reply. This id
 * contains no time, so it cannot match an SDK that started in the same millisecond.
 */
const messageIdOf = (count: number) => `hubspot_${count}`;

function versionText(version: unknown): string {
  const isText = typeof version === "string" || !isLarger(version, maxMessageLength);
  return isText ? textOf(version).slice(0, maxNameLength) : "";
}

function dispatch(posted: AppMessage, size: number, on: FrameOptions["on"]): void {
  if (size > maxMessageLength) {
    on.tooLarge(posted.type.slice(0, maxNameLength));
    return;
  }
  const { type, data = contentOfOldSdk(posted) } = posted;
  on.message(data === undefined ? { type } : { type, data });
}

/** Does not copy the message, which may be huge. */
function isAppMessage(posted: unknown): posted is AppMessage {
  if (typeof posted !== "object" || posted === null || !("type" in posted) || !("messageId" in posted)) return false;
  return typeof posted.type === "string" && !!posted.messageId;
}

/** SDKs from 2023 used `payload` instead of `data`, and put SET_WIDGET_URL's field at the top level. */
function contentOfOldSdk({ type, messageId: _id, payload, ...fields }: AppMessage): unknown {
  return payload ?? (type === "SET_WIDGET_URL" ? fields : undefined);
}
