// A downloaded log, played again: HubSpot's side is sent anew, and what the app answers is compared with what it
// answered then. A log of the calling app itself will do, so that a session under HubSpot can be played here.
import * as v from "valibot";

const line = v.object({
  at: v.number(),
  direction: v.picklist(["in", "out", "note"]),
  type: v.string(),
  data: v.optional(v.unknown()),
});
export type Line = v.InferOutput<typeof line>;

/** An event of HubSpot, and what the app sent between it and the next. */
export type Exchange = { event: Line; replies: Line[] };

export type Verdict = {
  event: string;
  type: string;
  /** different: a field has another value. missing: it came then, not now. new: it came now, not then. */
  outcome: "same" | "different" | "missing" | "new";
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
    const read = v.safeParse(line, parse(written));
    if (read.success) return [read.output];
    throw new Error(`Line ${index + 1} is no record of a log: it needs at, direction and type.`);
  });
  if (lines.length === 0) throw new Error("The file has no record in it.");
  return lines;
}

/** Pairs each event with the messages that followed it. What the app sent before the first event is left out. */
export function exchangesOf(lines: readonly Line[]): Exchange[] {
  const exchanges: Exchange[] = [];
  for (const one of lines) {
    if (one.direction === "in") exchanges.push({ event: one, replies: [] });
    if (one.direction === "out") exchanges.at(-1)?.replies.push(one);
  }
  return exchanges;
}

/**
 * Compares what came with what came then, message by message, in order of type. Between which events it came is not
 * compared: HubSpot's answer may come before the app's next message or after it.
 */
export function compare(exchanges: readonly Exchange[], came: readonly { type: string; data?: unknown }[]): Verdict[] {
  const left = [...came];
  const verdicts = exchanges.flatMap(({ event, replies }) =>
    replies.map(({ type, data }): Verdict => {
      const index = left.findIndex((message) => message.type === type);
      if (index < 0) return { event: event.type, type, outcome: "missing", fields: [] };
      const [now] = left.splice(index, 1);
      const fields = differences(data, now?.data);
      return { event: event.type, type, outcome: fields.length > 0 ? "different" : "same", fields };
    }),
  );
  const fresh = left.map(({ type }): Verdict => ({ event: "", type, outcome: "new", fields: [] }));
  return [...verdicts, ...fresh];
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Stage = {
  /** Sends an event, or frames the app anew for a READY. */
  send(event: Line): Promise<void> | void;
  /** What the app has sent so far. */
  sent(): readonly { type: string; data?: unknown }[];
};

/** Milliseconds to wait for what is to come back, for each event. */
const patience = 1000;

/** Plays a log, event by event, each as soon as what followed the last has come or is given up. */
export async function replay(lines: readonly Line[], { send, sent }: Stage): Promise<Verdict[]> {
  const exchanges = exchangesOf(lines);
  const start = sent().length;
  let expected = start;
  for (const { event, replies } of exchanges) {
    await send(event);
    expected += replies.length;
    await until(() => sent().length >= expected, replies.length > 0 ? patience : 0);
    expected = Math.min(expected, sent().length); // what was given up is not waited for again
  }
  return compare(exchanges, sent().slice(start));
}

function until(holds: () => boolean, milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  return new Promise((resolve) => {
    const look = () => {
      if (holds() || performance.now() >= end) resolve();
      else setTimeout(look, 10);
    };
    look();
  });
}
