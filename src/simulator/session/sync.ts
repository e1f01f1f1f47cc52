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
  let interval = 0;
  let deadline = 0;
  let sent: SyncFields[] = [];

  function stop(): void {
    window.clearInterval(interval);
    window.clearTimeout(deadline);
    sent = [];
  }

  /** The time limit starts when the page starts to load, because the page may never finish loading. */
  function startDeadline(): void {
    stop();
    deadline = window.setTimeout(() => {
      stop();
      options.timedOut();
    }, options.timeoutMs());
  }

  return {
    startDeadline,
    start(): void {
      startDeadline();
      interval = window.setInterval(() => {
        const fields = options.fields();
        if (fields) sent.push(options.post({ type: "SYNC", hostUrl: location.origin, ...fields }));
      }, intervalMs);
    },
    stop,
    /** Ignores a SYNC that was sent to an earlier page. */
    withId: (messageId: unknown) => sent.find((sync) => sync.messageId === messageId),
  };
}
