// Sends SYNC until the app answers, or until the time limit.

/** The interval of the SDK's host side. */
const intervalMs = 100;
/**
 * After this many SYNCs, or if the page has moved to another origin, the app gets one each second. The browser logs a
 * warning for each SYNC that it does not deliver.
 */
const maxFastCount = 30;
const slowTicks = 10;

/** On the wire, the fields of SYNC are at its top level. All other messages have them in `data`. */
export type SyncFields = { [name: string]: unknown };

/**
 * @param options `fields` is called before each SYNC, which is not sent if it returns undefined; `post` sends a message
 * and returns it with its messageId; `timeoutMs` is called at each start
 */
export function createSync(options: {
  fields: () => SyncFields | undefined;
  post: (message: SyncFields) => SyncFields;
  timeoutMs: () => number;
  timedOut: () => void;
}) {
  let interval = 0;
  let deadline = 0;
  let sent: SyncFields[] = [];
  let answers = 0;

  function stop(): void {
    window.clearInterval(interval);
    window.clearTimeout(deadline);
  }

  /** Starts the time limit when the page starts to load, because it may never finish loading. */
  function startDeadline(): void {
    stop();
    sent = [];
    answers = 0;
    deadline = window.setTimeout(() => {
      stop();
      sent = [];
      options.timedOut();
    }, options.timeoutMs());
  }

  return {
    startDeadline,
    /** @param hasMoved whether the page in the frame is from another origin, so that it cannot receive SYNC */
    start(hasMoved: boolean): void {
      startDeadline();
      let ticks = 0;
      interval = window.setInterval(() => {
        ticks += 1;
        const isSlow = hasMoved || sent.length >= maxFastCount;
        if (isSlow && ticks % slowTicks !== 0) return;
        const fields = options.fields();
        if (fields) sent.push(options.post({ type: "SYNC", hostUrl: location.origin, ...fields }));
      }, intervalMs);
    },
    stop,
    /**
     * The app answered a SYNC. `count` is the number of answers from the current page. Returns undefined if the page did not
     * receive a SYNC with this id.
     */
    answered(messageId: unknown): { sync: SyncFields; count: number } | undefined {
      const sync = sent.find((sync) => sync.messageId === messageId);
      if (!sync) return undefined;
      stop();
      answers += 1;
      return { sync, count: answers };
    },
  };
}
