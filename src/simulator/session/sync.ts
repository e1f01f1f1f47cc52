// SYNC: sent until the app answers it, or until its time is up.

/** The SDK's own host half sends SYNC this often, too. */
const intervalMs = 100;

/** The fields of SYNC. On the wire they stand beside its type, not in `data` as everything else. */
export type SyncFields = { [name: string]: unknown };

/**
 * @param options `fields` are asked for before each SYNC, and nothing is sent while there are none; `post` sends a
 * message and returns it with its messageId; `timeoutMs` is asked for at each start
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

  function stop(): void {
    window.clearInterval(interval);
    window.clearTimeout(deadline);
    sent = [];
  }

  /** A page that never finishes loading has not answered either: the time counts from here. */
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
    /** The SYNC with that id. An answer to one of another page does not count. */
    withId: (messageId: unknown) => sent.find((sync) => sync.messageId === messageId),
  };
}
