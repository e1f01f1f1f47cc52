// The host half of the protocol for one iframe: SYNC until SYNC_ACK, then messages both ways. No DOM beyond the iframe.

import { textOf } from "../../protocol/fields.ts";
import { isLarger } from "./payload-size.ts";

/** SYNC goes out this often until it is answered; the SDK's own host half does the same. Milliseconds. */
const syncInterval = 100;
/** Characters that a message may hold. Chosen: a call's notes of 65,536 pass, and the page stays quick. */
const mostOfMessage = 100_000;
/** Characters that are kept of what an app says of itself. */
const mostOfWord = 80;

/** The fields of SYNC. On the wire they stand beside its type, not in `data` as everything else. */
export type SyncFields = { [name: string]: unknown };

type FrameOptions = {
  url: string;
  /** Pixels. */
  size: { width: number; height: number };
  /** The SYNC to send, or nothing as long as none is to be sent. Asked before each. */
  sync: () => SyncFields | undefined;
  /** Milliseconds after which an app that has not answered SYNC has failed, be it that its page never loads. */
  timeout: () => number;
  on: {
    /** A page begins to load, or the one that is there has loaded another by itself: all is to be said anew. */
    loading(url: string): void;
    /** SYNC_ACK came: the SDK's version, as it says itself. */
    acknowledged(version: string, sync: SyncFields): void;
    /** A message of the app. Anything else that its window posts is not reported. */
    message(message: { type: string; data?: unknown }): void;
    /** A message came that holds more than 100,000 characters, and was let go; its type may be cut. */
    tooLarge(type: string): void;
    noAnswer(): void;
  };
};

export type Frame = ReturnType<typeof openFrame>;

/** Frames a calling app in an element. Each page that loads in the frame is synced anew, as HubSpot does it. */
export function openFrame(parent: HTMLElement, { url, size, sync, timeout, on }: FrameOptions) {
  let element = document.createElement("iframe");
  let origin = "";
  let timer = 0;
  let deadline = 0;
  let hasFailed = false;
  let syncs: SyncFields[] = [];
  let count = 0;

  /** Not the SDK's kind of id: two pages with the same clock would take each other's messages for their own answers. */
  const messageId = () => `hubspot_${++count}`;
  const post = (message: object) => element.contentWindow?.postMessage({ messageId: messageId(), ...message }, origin);

  function startSync(): void {
    startDeadline();
    timer = window.setInterval(() => {
      const fields = sync();
      if (!fields) return;
      const message = { type: "SYNC", messageId: messageId(), hostUrl: location.origin, ...fields };
      syncs.push(message);
      post(message);
    }, syncInterval);
  }

  function startDeadline(): void {
    stopSync();
    deadline = window.setTimeout(() => {
      stopSync();
      // A page that loads after it was given up is synced all the same, but does not fail a second time.
      if (!hasFailed) on.noAnswer();
      hasFailed = true;
    }, timeout());
  }

  function stopSync(): void {
    window.clearInterval(timer);
    window.clearTimeout(deadline);
    syncs = [];
  }

  function receive({ source, origin: sender, data }: MessageEvent<unknown>): void {
    if (source !== element.contentWindow || source === null || typeof data !== "object" || data === null) return;
    const { type, messageId, payload, ...fields }: SyncFields = { ...data };
    if (sender !== origin || typeof type !== "string" || !messageId) return;
    if (type !== "SYNC_ACK") {
      // SDKs of 2023 put what is now in `data` into `payload`; setWidgetUrl was once sent with its field beside the type.
      const { data = payload ?? (type === "SET_WIDGET_URL" ? fields : undefined) } = fields;
      if (isLarger([type, data], mostOfMessage)) on.tooLarge(type.slice(0, mostOfWord));
      else on.message(data === undefined ? { type } : { type, data });
      return;
    }
    const answered = syncs.find((one) => one.messageId === messageId);
    if (!answered) return;
    stopSync();
    on.acknowledged(textOf(fields.version).slice(0, mostOfWord), answered);
  }

  /** In a new element each time: to go to the address that is there already, but for its #, loads nothing. */
  function goTo(next: string): void {
    const { width, height } = element;
    origin = new URL(next).origin;
    hasFailed = false;
    element = Object.assign(document.createElement("iframe"), {
      id: "hubspot-calling-extension-iframe",
      title: "Calling app",
      allow: "microphone; autoplay",
      src: next,
      width,
      height,
    });
    let loads = 0;
    element.addEventListener("load", () => {
      loads += 1;
      if (loads > 1) on.loading(next);
      startSync();
    });
    on.loading(next);
    parent.replaceChildren(element);
    startDeadline();
  }

  window.addEventListener("message", receive);
  element.width = `${size.width}`;
  element.height = `${size.height}`;
  goTo(url);

  return {
    send: (type: string, data?: unknown) => post({ type, data }),
    goTo,
    reload: () => goTo(element.src),
    resize({ width, height }: { width?: unknown; height?: unknown }): void {
      if (isPixels(width)) element.width = `${width}`;
      if (isPixels(height)) element.height = `${height}`;
    },
    close(): void {
      stopSync();
      window.removeEventListener("message", receive);
      element.remove();
    },
  };
}

function isPixels(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && Number.isFinite(value);
}
