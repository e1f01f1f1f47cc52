// Sends SYNC until the app answers or the time limit passes.

/** The SDK's host side uses the same interval. */
const intervalMs = 100;

/** On the wire, SYNC has its fields at the top level. All other messages have their fields in `data`. */
export type SyncFields = { [name: string]: unknown };

/** @param options if `fields` returns undefined, SYNC is skipped; `post` returns the sent message with its messageId */
export function createSync(options: {
  fields: () => SyncFields | undefined;
  post: (message: SyncFields) => SyncFields;
  timeoutMs: () => number;
  timedOut: () => void;
}) {
  let interval: ReturnType<typeof setInterval> | undefined;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let sent: SyncFields[] = [];

  function stop(): void {
    clearInterval(interval);
    clearTimeout(deadline);
    sent = [];
  }

  function send(): void {
    const fields = options.fields();
    if (fields) sent.push(options.post({ type: "SYNC", ...fields }));
  }

  /** The time limit starts when the page starts to load, because the page may never finish loading. */
  function startDeadline(): void {
    stop();
    deadline = setTimeout(() => {
      stop();
      options.timedOut();
    }, options.timeoutMs());
  }

  return {
    startDeadline,
    start(): void {
      startDeadline();
      interval = setInterval(send, intervalMs);
    },
    send,
    stop,
    /** Ignores a SYNC that was sent to an earlier page. */
    withId: (messageId: unknown) => sent.find((sync) => sync.messageId === messageId),
  };
}
