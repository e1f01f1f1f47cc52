import { startTimer } from "../common/start-timer.ts";

/** The SDK's host side uses the same interval. */
const intervalMs = 100;
/**
 * After this many SYNC messages, or if the page has moved to another origin, only one SYNC per second is sent, because the
 * browser logs a warning for each SYNC that it does not deliver.
 */
const maxFastCount = 30;
const slowTicks = 10;

/**
 * On the wire, SYNC and SYNC_ACK have their fields at the top level. Other messages have their fields in `data`, except
 * messages from SDKs of 2023 (see frame.ts).
 */
export type SyncFields = { [name: string]: unknown };

/** @param options if `fields` returns undefined, SYNC is skipped; `post` returns the sent message with its messageId */
export function createSync(options: {
  fields: () => SyncFields | undefined;
  post: (message: SyncFields) => SyncFields;
  timeoutMs: () => number;
  /** May call `answered`. */
  beforeTimeout: () => void;
  timedOut: () => void;
}) {
  let interval: ReturnType<typeof setInterval> | undefined;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let sent: SyncFields[] = [];
  let answeredSync: SyncFields | undefined;
  let hasMoved = false;

  function stop(): void {
    clearInterval(interval);
    clearTimeout(deadline);
  }

  function send(): void {
    const fields = options.fields();
    if (fields) sent.push(options.post({ type: "SYNC", ...fields }));
  }

  /** Call this when the page starts to load, because the page may never finish loading. */
  function startDeadline(): void {
    stop();
    sent = [];
    answeredSync = undefined;
    deadline = startTimer(() => {
      options.beforeTimeout();
      if (answeredSync) return;
      stop();
      sent = [];
      options.timedOut();
    }, options.timeoutMs());
  }

  return {
    startDeadline,
    /** @param isOtherOrigin whether the page in the iframe is from another origin, and therefore cannot receive SYNC */
    start(isOtherOrigin: boolean): void {
      startDeadline();
      hasMoved = isOtherOrigin;
      let ticks = 0;
      interval = setInterval(() => {
        ticks += 1;
        const isSlow = hasMoved || sent.length >= maxFastCount;
        if (!isSlow || ticks % slowTicks === 0) send();
      }, intervalMs);
    },
    /** Call this when the page in the iframe navigates to another origin. */
    moved(): void {
      hasMoved = true;
    },
    send,
    stop,
    /**
     * Call this when the app answers a SYNC. `isSecond` is true if the page had already answered the same SYNC. Returns
     * undefined if the current page received no SYNC with this id, or if the page has answered another SYNC.
     */
    answered(messageId: unknown): { sync: SyncFields; isSecond: boolean } | undefined {
      const sync = sent.find((sync) => sync.messageId === messageId);
      if (!sync || (answeredSync && answeredSync !== sync)) return undefined;
      const isSecond = answeredSync === sync;
      answeredSync = sync;
      stop();
      return { sync, isSecond };
    },
  };
}
