import { expect, test } from "@playwright/test";
import { afterHandshake, type Line, openReplay, readLog } from "../../../src/simulator/session/replay.ts";

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
const written = (lines: unknown[]) => lines.map((one) => `${JSON.stringify(one)}\n`).join("");

test("a log is read line by line, whatever else its records say", () => {
  const lines = [event("READY", { portalId: 1 }), reply("INITIALIZED"), dropped];
  const more = lines.map((one) => ({ ...one, since: 3, times: 1, handler: "onReady", note: "" }));
  expect(readLog(written(more))).toEqual(lines);
  expect(readLog(written(lines).replaceAll("\n", "\r\n\n")), "with empty lines and \\r").toEqual(lines);
  expect(readLog(written(lines).trim()), "without a last line feed").toEqual(lines);
});

test("reads logs of earlier versions, which have a direction in place of a sender", () => {
  const log = [
    { at: 1, direction: "in", type: "READY", handler: "onReady", data: { portalId: 1 } },
    { at: 1, direction: "out", type: "INITIALIZED" },
    { at: 1, direction: "note", type: "DROPPED" },
  ];
  expect(readLog(written(log))).toEqual([event("READY", { portalId: 1 }), reply("INITIALIZED"), dropped]);
});

test("a log without a record is refused", () => {
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
for (const wrong of [...bad.map((one) => JSON.stringify(one)), "READY", "{"]) {
  test(`a line that is no record is named: ${wrong}`, () => {
    const text = `${written([good])}\n${wrong}\n${written([good])}`;
    expect(() => readLog(text)).toThrow("Line 3 is not a log record");
  });
}

type Sent = { type: string; data?: unknown };

/**
 * Plays a log on an app that answers each event at once. `told` is what was sent, in order, and what was waited for;
 * `press` does what a person does when a message is waited for: sends something, skips it or stops.
 */
async function play(
  lines: Line[],
  answers: { [event: string]: Sent[] },
  press: (type: string) => Sent | "skip" | "stop" = () => "skip",
) {
  const told: string[] = [];
  const replay = openReplay(lines, {
    send({ type }) {
      told.push(type);
      for (const answer of answers[type] ?? []) replay.took(answer);
    },
    waits(type) {
      if (!type) return;
      told.push(`? ${type}`);
      queueMicrotask(() => {
        const deed = press(type);
        if (deed === "skip" || deed === "stop") replay[deed]();
        else replay.took(deed);
      });
    },
  });
  const verdicts = await replay.done;
  return { told, verdicts, outcomes: verdicts.map(({ type, outcome }) => `${type} ${outcome}`) };
}

const end = event("END_CALL");
const verdict = (outcome: string, fields: string[] = [], type = "CALL_ENDED") => {
  return { event: outcome === "new" ? "" : "END_CALL", type, outcome, fields };
};

const pairs: [what: string, then: unknown, now: unknown, fields: string[]][] = [
  ["nothing", undefined, undefined, []],
  ["the same", { a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 }, []],
  ["another value", { a: 1, b: 2 }, { a: 1, b: 3 }, ["b"]],
  ["text for a number", { a: 1 }, { a: "1" }, ["a"]],
  ["another value deeper", { a: { b: { c: 1 } } }, { a: { b: { c: 2 } } }, ["a.b.c"]],
  ["a field less", { a: 1, b: 2 }, { a: 1 }, ["b"]],
  ["a field more", { a: 1 }, { a: 1, b: null }, ["b"]],
  ["a list in another order", { a: [1, 2] }, { a: [2, 1] }, ["a.0", "a.1"]],
  ["a value for an object", { a: { b: 1 } }, { a: 1 }, ["a.b", "a"]],
  ["a field that is undefined, which a log leaves out", { a: 1 }, { a: 1, b: undefined }, []],
  ["NaN, which a log writes as null", { a: null }, { a: Number.NaN }, []],
  ["another id of the call", { externalCallId: "a", engagementId: 1 }, { externalCallId: "b", engagementId: 1 }, []],
  [
    "another engagement",
    { externalCallId: "a", engagementId: 1 },
    { externalCallId: "a", engagementId: 2 },
    ["engagementId"],
  ],
  [
    "another id of the event that the SDK did not know",
    { data: { originalMessage: { type: "SOMETHING_NEW", messageId: "hubspot_3" } } },
    { data: { originalMessage: { type: "SOMETHING_NEW", messageId: "hubspot_4" } } },
    [],
  ],
  ["another time", { callStartTime: 1 }, { callStartTime: 2 }, []],
  [
    "another time and duration of the call, and other notes",
    { engagementProperties: { hs_timestamp: 1, hs_call_duration: "1", hs_call_body: "then" } },
    { engagementProperties: { hs_timestamp: 2, hs_call_duration: "2", hs_call_body: "now" } },
    ["engagementProperties.hs_call_body"],
  ],
  [
    "a field whose name only ends like that of an id",
    { my_externalCallId: 1 },
    { my_externalCallId: 2 },
    ["my_externalCallId"],
  ],
];
for (const [what, then, now, fields] of pairs) {
  test(`compared: ${what}`, async () => {
    const outcome = fields.length > 0 ? "different" : "same";
    const answers = { END_CALL: [{ type: "CALL_ENDED", data: now }] };
    expect((await play([end, reply("CALL_ENDED", then)], answers)).verdicts).toEqual([verdict(outcome, fields)]);
  });
}

test("what did not come is missing, what came besides is new", async () => {
  const lines = [end, reply("CALL_ENDED")];
  const error = { type: "ERROR" };
  expect((await play(lines, {})).verdicts).toEqual([verdict("missing")]);
  expect((await play([end], { END_CALL: [error] })).verdicts).toEqual([verdict("new", [], "ERROR")]);
  expect((await play(lines, { END_CALL: [error, reply("CALL_ENDED")] })).verdicts).toEqual([
    verdict("same"),
    verdict("new", [], "ERROR"),
  ]);
});

test("messages of one type are compared in their order, each once", async () => {
  const replies = [reply("CALL_ENDED", { a: 1 }), reply("CALL_ENDED", { a: 2 })];
  const came = [1, 3, 4].map((a) => ({ type: "CALL_ENDED", data: { a } }));
  expect((await play([end, ...replies], { END_CALL: came })).verdicts).toEqual([
    verdict("same"),
    verdict("different", ["a"]),
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

test("an event is sent when what came before it then has come, be it by hand; what came before the first is left out", async () => {
  const { told, outcomes } = await play(session, { READY: [reply("INITIALIZED", { isLoggedIn: true })] }, (type) => ({
    type,
  }));
  expect(told).toEqual([
    "READY",
    "DIAL_NUMBER",
    "? OUTGOING_CALL_STARTED",
    "CREATE_ENGAGEMENT_SUCCEEDED",
    "? CALL_ANSWERED",
    "END_CALL",
    "? CALL_ENDED",
  ]);
  expect(outcomes).toEqual(["INITIALIZED same", "OUTGOING_CALL_STARTED same", "CALL_ANSWERED same", "CALL_ENDED same"]);
});

test("what is skipped is missing, and the rest is played; it is waited for once, whatever else comes", async () => {
  const told: (string | undefined)[] = [];
  const replay = openReplay(session.slice(4, 8), {
    send: ({ type }) => void told.push(type),
    waits: (type) => void told.push(`? ${type ?? ""}`),
  });
  const soon = () => new Promise((resolve) => setTimeout(resolve));
  for (const type of ["USER_AVAILABLE", "USER_UNAVAILABLE"]) {
    await soon();
    replay.took({ type });
  }
  await soon();
  expect(told).toEqual(["DIAL_NUMBER", "? OUTGOING_CALL_STARTED"]);
  replay.skip();
  await soon();
  expect(told.slice(2)).toEqual(["? ", "CREATE_ENGAGEMENT_SUCCEEDED", "? CALL_ANSWERED"]);
  replay.took({ type: "CALL_ANSWERED" });
  expect((await replay.done).map(({ type, outcome }) => `${type} ${outcome}`)).toEqual([
    "OUTGOING_CALL_STARTED missing",
    "CALL_ANSWERED same",
    "USER_AVAILABLE new",
    "USER_UNAVAILABLE new",
  ]);
});

test("stopped, it tells what there was until then", async () => {
  const press = (type: string): Sent | "stop" => (type === "CALL_ANSWERED" ? "stop" : { type });
  const { told, outcomes } = await play(session.slice(4), { DIAL_NUMBER: [{ type: "ERROR" }] }, press);
  expect(told).not.toContain("END_CALL");
  expect(outcomes).toEqual(["OUTGOING_CALL_STARTED same", "ERROR new"]);
});

test("what comes before its turn is not asked for again; before what it followed then, it is reordered", async () => {
  const swapped = { DIAL_NUMBER: [{ type: "CALL_ANSWERED" }, { type: "OUTGOING_CALL_STARTED" }] };
  const { told, outcomes } = await play(session.slice(4, 8), swapped);
  expect(told).toEqual(["DIAL_NUMBER", "CREATE_ENGAGEMENT_SUCCEEDED"]);
  expect(outcomes).toEqual(["OUTGOING_CALL_STARTED same", "CALL_ANSWERED reordered"]);
  // HubSpot's answer may come between two messages that came at once then, or before both.
  const atOnce = { DIAL_NUMBER: [{ type: "OUTGOING_CALL_STARTED" }, { type: "CALL_ANSWERED" }] };
  expect((await play(session.slice(4, 8), atOnce)).outcomes).toEqual([
    "OUTGOING_CALL_STARTED same",
    "CALL_ANSWERED same",
  ]);
});

test("in a frame that is there already, the log begins at the first event after the handshake", () => {
  expect(afterHandshake(session)).toEqual(session.slice(4));
  expect(afterHandshake(session.slice(0, 4))).toEqual([]);
});

test("a log without events plays nothing; an event that cannot be sent ends it", async () => {
  expect(await play([reply("INITIALIZED")], {})).toEqual({ told: [], verdicts: [], outcomes: [] });
  const send = () => Promise.reject(new Error("The app does not answer"));
  await expect(openReplay(session, { send, waits() {} }).done).rejects.toThrow("The app does not answer");
});
