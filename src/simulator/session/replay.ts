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

export type Stage = {
  /** Sends an event, or frames the app anew for a READY and waits until it is ready. */
  send(event: Line): Promise<void> | void;
  /** Says which message the app is to send next; nothing while none is waited for. */
  waits(type: string | undefined): void;
};

/** Milliseconds: an app that says more than it said then says it at once. */
const afterwards = 100;

export type Replay = ReturnType<typeof openReplay>;

/**
 * Plays a log: each event of HubSpot's is sent when what the app sent before it then has come, be it by a person's hand.
 * What came before the first event is left out. Messages are told apart by their type: HubSpot's answer may come before
 * the app's next message or after it.
 */
export function openReplay(lines: readonly Line[], { send, waits }: Stage) {
  const came: (Sent & { place: number })[] = [];
  const verdicts: Verdict[] = [];
  let places = 0;
  let latest = -1;
  let isStopped = false;
  let wake = (_isSkipped: boolean) => {};

  /** The message of that type; nothing if it is skipped. */
  async function next(type: string): Promise<(typeof came)[number] | undefined> {
    const take = () => {
      const index = came.findIndex((message) => message.type === type);
      return index < 0 ? undefined : came.splice(index, 1)[0];
    };
    const there = take();
    if (there) return there;
    waits(type);
    for (;;) {
      const isSkipped = await new Promise<boolean>((resolve) => {
        wake = resolve;
      });
      const now = take();
      if (now || isSkipped) return now;
    }
  }

  function judge(event: string, { type, data }: Line, now: (typeof came)[number] | undefined): Verdict {
    if (!now) return { event, type, outcome: "missing", fields: [] };
    const isLate = now.place < latest;
    latest = Math.max(latest, now.place);
    const fields = differences(data, now.data);
    if (fields.length > 0) return { event, type, outcome: "different", fields };
    return { event, type, outcome: isLate ? "reordered" : "same", fields };
  }

  async function play(): Promise<Verdict[]> {
    let event: string | undefined;
    for (const line of lines) {
      if (isStopped) break;
      if (line.direction === "in") {
        event = line.type;
        await send(line);
      } else if (line.direction === "out" && event !== undefined) {
        const now = await next(line.type);
        waits(undefined);
        if (now || !isStopped) verdicts.push(judge(event, line, now));
      }
    }
    if (event !== undefined && !isStopped) await new Promise((resolve) => setTimeout(resolve, afterwards));
    return [...verdicts, ...came.map(({ type }): Verdict => ({ event: "", type, outcome: "new", fields: [] }))];
  }

  return {
    /** Resolves with what became of each message, when the log is played or stopped; rejects when `send` does. */
    done: Promise.resolve().then(play),
    /** The app sent this. */
    took({ type, data }: Sent): void {
      came.push({ type, data, place: places++ });
      wake(false);
    },
    /** Goes on without the message that is waited for. */
    skip: () => wake(true),
    stop(): void {
      isStopped = true;
      wake(true);
    },
  };
}
