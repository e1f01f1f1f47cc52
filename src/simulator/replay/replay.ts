// Replays a downloaded log: sends HubSpot's events again, and compares the app's messages with the log. The log may come
// from the simulator, or from the calling app in HubSpot.
import * as v from "valibot";
import { fieldsOf } from "../../protocol/fields.ts";
import { ReplayIds, type Sent } from "./replay-ids.ts";

function senderOf(direction?: "in" | "out" | "note"): "hubspot" | "app" | undefined {
  if (direction === "in") return "hubspot";
  return direction === "out" ? "app" : undefined;
}

const line = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    at: v.number(),
    from: v.optional(v.picklist(["hubspot", "app"])),
    /** Logs from earlier versions have this field instead of `from`. */
    direction: v.optional(v.picklist(["in", "out", "note"])),
    type: v.string(),
    data: v.optional(v.unknown()),
  }),
  v.transform(({ direction, from = senderOf(direction), ...record }) => ({ ...record, ...(from && { from }) })),
);
export type Line = v.InferOutput<typeof line>;

export type Verdict = {
  /** The event from HubSpot that precedes the message in the log, or "" for a message that is not in the log. */
  event: string;
  type: string;
  /**
   * different: fields of the message differ from the log. reordered: the app sent the message before another message that
   * precedes it in the log. missing: the app did not send the message. new: the message is not in the log.
   */
  outcome: "same" | "different" | "reordered" | "missing" | "new";
  /** The paths of the fields that differ from the log. */
  fields: string[];
  /** Values as JSON, or "no value": `expected` is the log's value, and `actual` is the value in the app's message. */
  values?: { field: string; expected: string; actual: string }[];
};

/** Fields that can differ from run to run. The SDK sends back an unknown event's messageId, which depends on the SYNC count. */
const variableFields = /(^|\.)(externalCallId|messageId|callStartTime|hs_timestamp|hs_call_duration)$/;

/** @throws an Error if the log is empty, or if a line is invalid */
export function readLog(text: string): Line[] {
  const lines = text.split("\n").flatMap((json, index) => {
    if (!json.trim()) return [];
    const result = v.safeParse(line, json.trim());
    if (result.success) return [result.output];
    throw new Error(
      `Line ${index + 1} is not a log record; choose a log that you downloaded from the simulator or the calling app.`,
    );
  });
  if (lines.length === 0)
    throw new Error("The log is empty; choose a log that you downloaded from the simulator or the calling app.");
  return lines;
}

/** Returns the lines from the first event after the handshake, for an app that is already connected. */
export function afterHandshake(lines: readonly Line[]): Line[] {
  const first = lines.findIndex(({ from, type }) => from === "hubspot" && type !== "READY");
  return first < 0 ? [] : lines.slice(first);
}

const missing = "no value";

/** @param expectedData the log's data with this run's ids */
function differences(expectedData: unknown, newData: unknown, ids: ReplayIds): NonNullable<Verdict["values"]> {
  const expectedValues = new Map(leaves(expectedData));
  const actualValues = new Map(leaves(newData));
  const paths = new Set([...expectedValues.keys(), ...actualValues.keys()]);
  return [...paths].flatMap((field) => {
    const [expected = missing, actual = missing] = [expectedValues.get(field), actualValues.get(field)];
    return isVariable(field, expected, ids) || expected === actual ? [] : [{ field, expected, actual }];
  });
}

/** Whether the field may differ from the log. An externalCallId may differ only while this run's id is not known. */
function isVariable(field: string, expected: string, ids: ReplayIds): boolean {
  if (!variableFields.test(field)) return false;
  const isKnown =
    /(^|\.)externalCallId$/.test(field) && expected !== missing && ids.isExternalCallId(JSON.parse(expected));
  return !isKnown;
}

function leaves(data: unknown, path = ""): [path: string, json: string][] {
  if (typeof data !== "object" || data === null) return [[path, `${JSON.stringify(data ?? null)}`]];
  // A log does not contain undefined, because JSON cannot represent it.
  const fields = Object.entries(data).filter(([, value]) => value !== undefined);
  return fields.flatMap(([name, value]) => leaves(value, path ? `${path}.${name}` : name));
}

type Arrived = Sent & { index: number };

export type ReplayActions = {
  /** Sends an event, which contains this run's ids. For READY, loads the app and waits until the app is ready. */
  send(event: Line): Promise<void> | void;
  /**
   * Receives the type of the message that the replay waits for, and the message in the log with this run's ids. Receives
   * undefined when the wait is over.
   */
  waits(type: string | undefined, message?: Sent): void;
  /** Receives the type of the newest message while the replay waits for a message of another type. */
  arrivesInstead?(arrived: string, expected: string): void;
  /** Called when the replay sends an event, starts to wait for a message in the log, or has a verdict on that message. */
  reached?(step: ReplayStep): void;
  /** Returns an engagementId for a call in the log. Without this function, the calls keep the log's engagementIds. */
  newEngagementId?(): number;
};

export type ReplayStep = { type: string; state: "sent" | "waiting" } | Verdict;

/** After the end of the log, the replay waits this long for further messages. */
const waitAtEndMs = 100;

export type Replay = ReturnType<typeof openReplay>;

/**
 * Before each event and at the end of the log, waits for the app's messages that the log contains up to that point. The user
 * may have to press buttons in the app. Ignores the log's messages before the first event. Matches messages by type, because
 * HubSpot's reply may come before or after the app's next message. Of several messages of one type, prefers the one about the
 * same call.
 */
export function openReplay(
  lines: readonly Line[],
  { send, waits, arrivesInstead, reached = () => {}, newEngagementId }: ReplayActions,
) {
  const inbox = createInbox(waits, arrivesInstead);
  const ids = new ReplayIds(newEngagementId);
  const judge = createJudge(ids);
  const verdicts: Verdict[] = [];
  const firstEvent = lines.findIndex(({ from }) => from === "hubspot");
  const expected = lines.filter(({ from }, index) => from === "app" && firstEvent >= 0 && index > firstEvent).length;
  let isStopped = false;

  async function play(): Promise<Verdict[]> {
    let event: string | undefined;
    for (const line of lines) {
      if (isStopped) break;
      if (line.from === "hubspot") {
        event = line.type;
        reached({ type: event, state: "sent" });
        ids.announce(line);
        await send(ids.translate(line));
      } else if (line.from === "app" && event !== undefined) {
        reached({ type: line.type, state: "waiting" });
        const now = await inbox.next(ids.translate(line));
        waits(undefined);
        if (!now && isStopped) break;
        if (now) ids.learn(line, now);
        const verdict = judge(event, ids.translate(line), now);
        verdicts.push(verdict);
        reached(verdict);
      }
    }
    if (event !== undefined && !isStopped) await new Promise((resolve) => setTimeout(resolve, waitAtEndMs));
    return [
      ...verdicts,
      ...inbox.messages.map(({ type }): Verdict => ({ event: "", type, outcome: "new", fields: [] })),
    ];
  }

  return {
    /** Resolves with the verdicts at the end of the log, or after `stop`. Rejects if `send` rejects. */
    done: Promise.resolve().then(play),
    /** Call this for each message from the app. */
    took: inbox.add,
    skip: inbox.skip,
    /** Whether `stop` ended the replay, and how many of the app's messages in the log were not compared. */
    progress: () => ({ isStopped, unreached: expected - verdicts.length }),
    stop(): void {
      isStopped = true;
      inbox.skip();
    },
  };
}

function createInbox(waits: ReplayActions["waits"], arrivesInstead: ReplayActions["arrivesInstead"] = () => {}) {
  const messages: Arrived[] = [];
  let count = 0;
  let latest = -1;
  let wake = (_isSkipped: boolean) => {};

  function take(expected: Sent): Arrived | undefined {
    const candidates = messages.filter(({ type }) => type === expected.type);
    const chosen = candidates.find(({ data }) => isSameCall(data, expected.data)) ?? candidates[0];
    if (!chosen) return undefined;
    const [message] = messages.splice(messages.indexOf(chosen), 1);
    latest = Math.max(latest, message?.index ?? -1);
    return message;
  }

  /** Messages before the latest match belong to an earlier wait. */
  const other = () => messages.findLast(({ index }) => index > latest);

  return {
    messages,
    add({ type, data }: Sent): void {
      messages.push({ type, data, index: count++ });
      wake(false);
    },
    /**
     * @param expected the message in the log, with this run's ids
     * @returns undefined if the user skips the message or stops the replay
     */
    async next(expected: Sent): Promise<Arrived | undefined> {
      const first = take(expected);
      if (first) return first;
      const { type, data } = expected;
      waits(type, data === undefined ? { type } : { type, data });
      for (;;) {
        const arrived = other();
        if (arrived) arrivesInstead(arrived.type, type);
        const isSkipped = await new Promise<boolean>((resolve) => {
          wake = resolve;
        });
        const message = take(expected);
        if (message || isSkipped) return message;
      }
    },
    skip: () => wake(true),
  };
}

function isSameCall(data: unknown, expectedData: unknown): boolean {
  const [{ externalCallId }, expected] = [fieldsOf(data), fieldsOf(expectedData)];
  return externalCallId !== undefined && externalCallId === expected.externalCallId;
}

/** The returned function takes a message in the log, with this run's ids, and the app's message in this run. */
function createJudge(ids: ReplayIds): (event: string, line: Line, message: Arrived | undefined) => Verdict {
  let latest = -1;
  return (event, { type, data }, message) => {
    if (!message) return { event, type, outcome: "missing", fields: [] };
    const isLate = message.index < latest;
    latest = Math.max(latest, message.index);
    const values = differences(data, message.data, ids);
    const fields = values.map(({ field }) => field);
    if (values.length > 0) return { event, type, outcome: "different", fields, values };
    return { event, type, outcome: isLate ? "reordered" : "same", fields };
  };
}
