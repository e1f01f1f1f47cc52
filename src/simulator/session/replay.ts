// A downloaded log, played again: HubSpot's side is sent anew, and what the app answers is compared with what it
// answered then. A log of the calling app itself will do, so that a session under HubSpot can be played here.
import * as v from "valibot";

const line = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    at: v.number(),
    direction: v.picklist(["in", "out", "note"]),
    type: v.string(),
    data: v.optional(v.unknown()),
  }),
);
export type Line = v.InferOutput<typeof line>;

/** What became of one message of the app's. */
export type Verdict = {
  /** The event of HubSpot's that came before it then. */
  event: string;
  type: string;
  /**
   * different: a field has another value. reordered: it came after one that it came before then. missing: it came then,
   * not now. new: it came now, not then.
   */
  outcome: "same" | "different" | "reordered" | "missing" | "new";
  /** The fields that differ. */
  fields: string[];
};

/** Fields that are another in every run. The SDK returns an unknown event with its messageId, which counts SYNCs too. */
const perRun = /(^|\.)(externalCallId|messageId|callStartTime|hs_timestamp|hs_call_duration)$/;

/**
 * Reads a log of JSON lines.
 * @throws an Error that names the line that is none
 */
export function readLog(text: string): Line[] {
  const lines = text.split("\n").flatMap((written, index) => {
    if (!written.trim()) return [];
    const read = v.safeParse(line, written);
    if (read.success) return [read.output];
    throw new Error(`Line ${index + 1} is no record of a log: it needs at, direction and type.`);
  });
  if (lines.length === 0) throw new Error("The file has no record in it.");
  return lines;
}

/** From the first event on that is no handshake: for an app that is connected already, and perhaps logged in by hand. */
export function afterHandshake(lines: readonly Line[]): Line[] {
  const first = lines.findIndex(({ direction, type }) => direction === "in" && type !== "READY");
  return first < 0 ? [] : lines.slice(first);
}

function differences(then: unknown, now: unknown): string[] {
  const before = new Map(leaves(then));
  const after = new Map(leaves(now));
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => !perRun.test(path) && before.get(path) !== after.get(path));
}

/** Every value in the data, by its path, as JSON. */
function leaves(data: unknown, path = ""): [path: string, json: string][] {
  if (typeof data !== "object" || data === null) return [[path, `${JSON.stringify(data ?? null)}`]];
  // A log has no word for undefined: such a field is not in it.
  const fields = Object.entries(data).filter(([, value]) => value !== undefined);
  return fields.flatMap(([name, value]) => leaves(value, path ? `${path}.${name}` : name));
}

type Sent = { type: string; data?: unknown };

type Arrived = Sent & { place: number };

export type ReplayActions = {
  /** Sends an event; for a READY, loads the app and waits until it is ready. */
  send(event: Line): Promise<void> | void;
  /** Shows which message the app has to send next; undefined when it has come. */
  waits(type: string | undefined): void;
};

/** Time for the messages that the app sends now and did not send then. */
const afterwardsMs = 100;

export type Replay = ReturnType<typeof openReplay>;

/**
 * Plays a log: each event of HubSpot is sent when the messages that the app sent before it then have come, also if a
 * person has to press something for them. What came before the first event is left out. Messages are told apart by
 * their type: HubSpot's reply may come before the app's next message or after it.
 */
export function openReplay(lines: readonly Line[], { send, waits }: ReplayActions) {
  const inbox = createInbox(waits);
  const judge = createJudge();
  const verdicts: Verdict[] = [];
  let isStopped = false;

  async function play(): Promise<Verdict[]> {
    let event: string | undefined;
    for (const line of lines) {
      if (isStopped) break;
      if (line.direction === "in") {
        event = line.type;
        await send(line);
      } else if (line.direction === "out" && event !== undefined) {
        const now = await inbox.next(line.type);
        waits(undefined);
        if (now || !isStopped) verdicts.push(judge(event, line, now));
      }
    }
    if (event !== undefined && !isStopped) await new Promise((resolve) => setTimeout(resolve, afterwardsMs));
    return [
      ...verdicts,
      ...inbox.messages.map(({ type }): Verdict => ({ event: "", type, outcome: "new", fields: [] })),
    ];
  }

  return {
    /** Resolves with what became of each message when the log is played or stopped; rejects when `send` does. */
    done: Promise.resolve().then(play),
    /** The app sent this. */
    took: inbox.add,
    /** Goes on without the message that is waited for. */
    skip: inbox.skip,
    stop(): void {
      isStopped = true;
      inbox.skip();
    },
  };
}

/** The messages of the app that no line of the log has taken. */
function createInbox(waits: ReplayActions["waits"]) {
  const messages: Arrived[] = [];
  let count = 0;
  let wake = (_isSkipped: boolean) => {};

  function take(type: string): Arrived | undefined {
    const index = messages.findIndex((message) => message.type === type);
    return index < 0 ? undefined : messages.splice(index, 1)[0];
  }

  return {
    messages,
    add({ type, data }: Sent): void {
      messages.push({ type, data, place: count++ });
      wake(false);
    },
    /** Resolves with the message of that type; with undefined if it is skipped. */
    async next(type: string): Promise<Arrived | undefined> {
      const first = take(type);
      if (first) return first;
      waits(type);
      for (;;) {
        const isSkipped = await new Promise<boolean>((resolve) => {
          wake = resolve;
        });
        const message = take(type);
        if (message || isSkipped) return message;
      }
    },
    skip: () => wake(true),
  };
}

/** Returns a function that compares a line of the log with the message that has come for it. */
function createJudge(): (event: string, line: Line, message: Arrived | undefined) => Verdict {
  let latest = -1;
  return (event, { type, data }, message) => {
    if (!message) return { event, type, outcome: "missing", fields: [] };
    const isLate = message.place < latest;
    latest = Math.max(latest, message.place);
    const fields = differences(data, message.data);
    if (fields.length > 0) return { event, type, outcome: "different", fields };
    return { event, type, outcome: isLate ? "reordered" : "same", fields };
  };
}
