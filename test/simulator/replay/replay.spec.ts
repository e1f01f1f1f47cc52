import { expect, test } from "@playwright/test";
import { afterHandshake, type Line, openReplay, readLog } from "../../../src/simulator/replay/replay.ts";

const event = (type: string, data?: unknown): Line => ({
  at: 1,
  from: "hubspot",
  type,
  ...(data !== undefined && { data }),
});
const reply = (type: string, data?: unknown): Line => ({
  at: 1,
  from: "app",
  type,
  ...(data !== undefined && { data }),
});
const dropped: Line = { at: 1, type: "DROPPED" };
const toLines = (records: unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join("");

test("reads a log line by line, and ignores additional fields", () => {
  const lines = [event("READY", { portalId: 1 }), reply("INITIALIZED"), dropped];
  const more = lines.map((record) => ({ ...record, since: 3, times: 1, sdkName: "onReady", note: "" }));
  expect(readLog(toLines(more))).toEqual(lines);
  expect(readLog(toLines(lines).replaceAll("\n", "\r\n\n")), "with empty lines and \\r").toEqual(lines);
  expect(readLog(toLines(lines).trim()), "without a line feed at the end").toEqual(lines);
  expect(readLog(`\ufeff${toLines(lines)}`), "with a byte order mark").toEqual(lines);
});

test("reads logs from earlier versions, which contain a direction instead of a sender", () => {
  const log = [
    { at: 1, direction: "in", type: "READY", handler: "onReady", data: { portalId: 1 } },
    { at: 1, direction: "out", type: "INITIALIZED" },
    { at: 1, direction: "note", type: "DROPPED" },
  ];
  expect(readLog(toLines(log))).toEqual([event("READY", { portalId: 1 }), reply("INITIALIZED"), dropped]);
});

test("rejects an empty log", () => {
  for (const text of ["", "\n \n"]) expect(() => readLog(text)).toThrow("The log is empty");
});

const good = event("READY");
const bad: unknown[] = [
  null,
  7,
  [],
  {},
  { ...good, at: "1" },
  { ...good, from: "up" },
  { at: 1, type: "READY", direction: "up" },
  { ...good, type: undefined },
];
for (const wrong of [...bad.map((record) => JSON.stringify(record)), "READY", "{"]) {
  test(`reports the number of a line that is not a log record: ${wrong}`, () => {
    const text = `${toLines([good])}\n${wrong}\n${toLines([good])}`;
    expect(() => readLog(text)).toThrow("Line 3 is not a log record");
  });
}

type Sent = { type: string; data?: unknown };

/**
 * Replays a log with an app that answers each event immediately. `steps` lists the events sent, and "? TYPE" for each wait.
 * `press` returns the user's reaction to a wait: a message for the app to send, "skip" or "stop".
 */
async function play(
  lines: Line[],
  answers: { [event: string]: Sent[] },
  press: (type: string) => Sent | "skip" | "stop" = () => "skip",
) {
  const steps: string[] = [];
  const replay = openReplay(lines, {
    send({ type }) {
      steps.push(type);
      for (const answer of answers[type] ?? []) replay.took(answer);
    },
    waits(type) {
      if (!type) return;
      steps.push(`? ${type}`);
      queueMicrotask(() => {
        const reaction = press(type);
        if (reaction === "skip" || reaction === "stop") replay[reaction]();
        else replay.took(reaction);
      });
    },
  });
  const verdicts = await replay.done;
  const outcomes = verdicts.map(({ type, outcome }) => `${type} ${outcome}`);
  return { steps, verdicts, outcomes, progress: replay.progress() };
}

const end = event("END_CALL");
const verdict = (outcome: string, fields: string[] = [], type = "CALL_ENDED") => {
  return { event: outcome === "new" ? "" : "END_CALL", type, outcome, fields };
};

const pairs: [name: string, logData: unknown, newData: unknown, fields: string[]][] = [
  ["no data", undefined, undefined, []],
  ["equal data", { a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 }, []],
  ["a different value", { a: 1, b: 2 }, { a: 1, b: 3 }, ["b"]],
  ["a string instead of a number", { a: 1 }, { a: "1" }, ["a"]],
  ["a different nested value", { a: { b: { c: 1 } } }, { a: { b: { c: 2 } } }, ["a.b.c"]],
  ["a removed field", { a: 1, b: 2 }, { a: 1 }, ["b"]],
  ["an added field", { a: 1 }, { a: 1, b: null }, ["b"]],
  ["a reordered list", { a: [1, 2] }, { a: [2, 1] }, ["a.0", "a.1"]],
  ["a value instead of an object", { a: { b: 1 } }, { a: 1 }, ["a.b", "a"]],
  ["an undefined field, which a log omits", { a: 1 }, { a: 1, b: undefined }, []],
  ["NaN, which a log writes as null", { a: null }, { a: Number.NaN }, []],
  [
    "a different externalCallId",
    { externalCallId: "a", engagementId: 1 },
    { externalCallId: "b", engagementId: 1 },
    [],
  ],
  [
    "a different engagementId",
    { externalCallId: "a", engagementId: 1 },
    { externalCallId: "a", engagementId: 2 },
    ["engagementId"],
  ],
  [
    "a different messageId of an event that the SDK does not know",
    { data: { originalMessage: { type: "SOMETHING_NEW", messageId: "hubspot_3" } } },
    { data: { originalMessage: { type: "SOMETHING_NEW", messageId: "hubspot_4" } } },
    [],
  ],
  ["a different time", { callStartTime: 1 }, { callStartTime: 2 }, []],
  [
    "a different time and duration, and different notes",
    { engagementProperties: { hs_timestamp: 1, hs_call_duration: "1", hs_call_body: "then" } },
    { engagementProperties: { hs_timestamp: 2, hs_call_duration: "2", hs_call_body: "now" } },
    ["engagementProperties.hs_call_body"],
  ],
  [
    "a field whose name merely ends with an id's name",
    { my_externalCallId: 1 },
    { my_externalCallId: 2 },
    ["my_externalCallId"],
  ],
];
for (const [name, logData, newData, fields] of pairs) {
  test(`given ${name}, reports ${fields.length > 0 ? `a difference in "${fields.join('" and "')}"` : "that the message equals its recording"}`, async () => {
    const outcome = fields.length > 0 ? "different" : "same";
    const answers = { END_CALL: [{ type: "CALL_ENDED", data: newData }] };
    expect((await play([end, reply("CALL_ENDED", logData)], answers)).verdicts).toMatchObject([
      verdict(outcome, fields),
    ]);
  });
}

test('reports the expected and the actual value of each different field as JSON, or as "no value"', async () => {
  const answers = { END_CALL: [{ type: "CALL_ENDED", data: { a: "1", c: [2], d: { e: null } } }] };
  const { verdicts } = await play([end, reply("CALL_ENDED", { a: 1, b: "x", d: { e: null } })], answers);
  expect(verdicts[0]?.values).toEqual([
    { field: "a", expected: "1", actual: '"1"' },
    { field: "b", expected: '"x"', actual: "no value" },
    { field: "c.0", expected: "no value", actual: "2" },
  ]);
});

test("reports missing and new messages", async () => {
  const lines = [end, reply("CALL_ENDED")];
  const error = { type: "ERROR" };
  expect((await play(lines, {})).verdicts).toEqual([verdict("missing")]);
  expect((await play([end], { END_CALL: [error] })).verdicts).toEqual([verdict("new", [], "ERROR")]);
  expect((await play(lines, { END_CALL: [error, reply("CALL_ENDED")] })).verdicts).toEqual([
    verdict("same"),
    verdict("new", [], "ERROR"),
  ]);
});

test("compares messages of the same type in order, each only once", async () => {
  const replies = [reply("CALL_ENDED", { a: 1 }), reply("CALL_ENDED", { a: 2 })];
  const answers = [1, 3, 4].map((a) => ({ type: "CALL_ENDED", data: { a } }));
  expect((await play([end, ...replies], { END_CALL: answers })).verdicts).toEqual([
    verdict("same"),
    expect.objectContaining(verdict("different", ["a"])),
    verdict("new"),
  ]);
});

const session = [
  reply("EARLY"),
  event("READY", { portalId: 1 }),
  reply("INITIALIZED", { isLoggedIn: true }),
  dropped,
  event("DIAL_NUMBER"),
  reply("OUTGOING_CALL_STARTED"),
  event("CREATE_ENGAGEMENT_SUCCEEDED"),
  reply("CALL_ANSWERED"),
  event("END_CALL"),
  reply("CALL_ENDED"),
];

test("sends an event after the messages that precede it, even if the user causes them, and ignores messages before the first event", async () => {
  const { steps, outcomes, progress } = await play(
    session,
    { READY: [reply("INITIALIZED", { isLoggedIn: true })] },
    (type) => ({
      type,
    }),
  );
  expect(steps).toEqual([
    "READY",
    "DIAL_NUMBER",
    "? OUTGOING_CALL_STARTED",
    "CREATE_ENGAGEMENT_SUCCEEDED",
    "? CALL_ANSWERED",
    "END_CALL",
    "? CALL_ENDED",
  ]);
  expect(outcomes).toEqual(["INITIALIZED same", "OUTGOING_CALL_STARTED same", "CALL_ANSWERED same", "CALL_ENDED same"]);
  expect(progress).toEqual({ isStopped: false, unreached: 0 });
});

test("waits for a message only once, regardless of other messages, and reports it as missing if the user skips it", async () => {
  const steps: (string | undefined)[] = [];
  const others: string[] = [];
  const replay = openReplay(session.slice(4, 8), {
    send: ({ type }) => void steps.push(type),
    waits: (type) => void steps.push(`? ${type ?? ""}`),
    arrivesInstead: (arrived, expected) => void others.push(`${arrived} instead of ${expected}`),
  });
  const soon = () => new Promise((resolve) => setTimeout(resolve));
  for (const type of ["USER_AVAILABLE", "USER_UNAVAILABLE"]) {
    await soon();
    replay.took({ type });
  }
  await soon();
  expect(steps).toEqual(["DIAL_NUMBER", "? OUTGOING_CALL_STARTED"]);
  expect(others).toEqual([
    "USER_AVAILABLE instead of OUTGOING_CALL_STARTED",
    "USER_UNAVAILABLE instead of OUTGOING_CALL_STARTED",
  ]);
  replay.skip();
  await soon();
  expect(steps.slice(2)).toEqual(["? ", "CREATE_ENGAGEMENT_SUCCEEDED", "? CALL_ANSWERED"]);
  replay.took({ type: "CALL_ANSWERED" });
  expect((await replay.done).map(({ type, outcome }) => `${type} ${outcome}`)).toEqual([
    "OUTGOING_CALL_STARTED missing",
    "CALL_ANSWERED same",
    "USER_AVAILABLE new",
    "USER_UNAVAILABLE new",
  ]);
});

test("returns the verdicts up to the point where the user stopped the replay", async () => {
  const press = (type: string): Sent | "stop" => (type === "CALL_ANSWERED" ? "stop" : { type });
  const { steps, outcomes, progress } = await play(session.slice(4), { DIAL_NUMBER: [{ type: "ERROR" }] }, press);
  expect(steps).not.toContain("END_CALL");
  expect(outcomes).toEqual(["OUTGOING_CALL_STARTED same", "ERROR new"]);
  expect(progress, "CALL_ANSWERED and CALL_ENDED").toEqual({ isStopped: true, unreached: 2 });
});

test("accepts an early message, and reports it as reordered if it arrives before a message that precedes it in the log", async () => {
  const swapped = { DIAL_NUMBER: [{ type: "CALL_ANSWERED" }, { type: "OUTGOING_CALL_STARTED" }] };
  const { steps, outcomes } = await play(session.slice(4, 8), swapped);
  expect(steps).toEqual(["DIAL_NUMBER", "CREATE_ENGAGEMENT_SUCCEEDED"]);
  expect(outcomes).toEqual(["OUTGOING_CALL_STARTED same", "CALL_ANSWERED reordered"]);
  // HubSpot's reply may arrive between two messages that the app sends together, or after both.
  const atOnce = { DIAL_NUMBER: [{ type: "OUTGOING_CALL_STARTED" }, { type: "CALL_ANSWERED" }] };
  expect((await play(session.slice(4, 8), atOnce)).outcomes).toEqual([
    "OUTGOING_CALL_STARTED same",
    "CALL_ANSWERED same",
  ]);
});

test("starts after the handshake for an app that is already loaded", () => {
  expect(afterHandshake(session)).toEqual(session.slice(4));
  expect(afterHandshake(session.slice(0, 4))).toEqual([]);
});

test("does nothing for a log without events, and rejects if an event cannot be sent", async () => {
  const progress = { isStopped: false, unreached: 0 };
  expect(await play([reply("INITIALIZED")], {})).toEqual({ steps: [], verdicts: [], outcomes: [], progress });
  const send = () => Promise.reject(new Error("The app does not answer"));
  await expect(openReplay(session, { send, waits() {} }).done).rejects.toThrow("The app does not answer");
});
