import { expect, test } from "@playwright/test";
import {
  compare,
  type Exchange,
  exchangesOf,
  type Line,
  readLog,
  replay,
} from "../../../src/hubspot/session/replay.ts";

const line = (direction: Line["direction"], type: string, data?: unknown): Line =>
  data === undefined ? { at: 1, direction, type } : { at: 1, direction, type, data };
const event = (type: string, data?: unknown) => line("in", type, data);
const reply = (type: string, data?: unknown) => line("out", type, data);
const written = (lines: unknown[]) => lines.map((one) => `${JSON.stringify(one)}\n`).join("");

test("a log is read line by line, whatever else its records say", () => {
  const lines = [event("READY", { portalId: 1 }), reply("INITIALIZED"), line("note", "DROPPED")];
  const more = lines.map((one) => ({ ...one, since: 3, times: 1, handler: "onReady", note: "" }));
  expect(readLog(written(more))).toEqual(lines);
  expect(readLog(written(lines).replaceAll("\n", "\r\n\n")), "with empty lines and \\r").toEqual(lines);
  expect(readLog(written(lines).trim()), "without a last line feed").toEqual(lines);
});

test("a log without a record is refused", () => {
  for (const text of ["", "\n \n"]) expect(() => readLog(text)).toThrow("The file has no record in it.");
});

const good = event("READY");
const bad: unknown[] = [
  null,
  7,
  [],
  {},
  { ...good, at: "1" },
  { ...good, direction: "up" },
  { ...good, type: undefined },
];
for (const wrong of [...bad.map((one) => JSON.stringify(one)), "READY", "{"]) {
  test(`a line that is no record is named: ${wrong}`, () => {
    const text = `${written([good])}\n${wrong}\n${written([good])}`;
    expect(() => readLog(text)).toThrow("Line 3 is no record of a log: it needs at, direction and type.");
  });
}

test("each event has the messages between it and the next", () => {
  const ready = event("READY");
  const dial = event("DIAL_NUMBER", { phoneNumber: "+18005550101" });
  const end = event("END_CALL");
  const lines = [reply("EARLY"), ready, reply("INITIALIZED"), line("note", "DROPPED"), reply("LOGGED_IN"), dial, end];
  expect(exchangesOf([...lines, reply("CALL_ENDED")])).toEqual([
    { event: ready, replies: [reply("INITIALIZED"), reply("LOGGED_IN")] },
    { event: dial, replies: [] },
    { event: end, replies: [reply("CALL_ENDED")] },
  ]);
  expect(exchangesOf([reply("EARLY")])).toEqual([]);
});

const ended = (data?: unknown): Exchange => ({ event: event("END_CALL"), replies: [reply("CALL_ENDED", data)] });
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
  test(`compared: ${what}`, () => {
    const outcome = fields.length > 0 ? "different" : "same";
    expect(compare([ended(then)], [{ type: "CALL_ENDED", data: now }])).toEqual([verdict(outcome, fields)]);
  });
}

test("what did not come is missing, what came besides is new", () => {
  expect(compare([ended()], [])).toEqual([verdict("missing")]);
  expect(compare([{ event: event("END_CALL"), replies: [] }], [{ type: "ERROR" }])).toEqual([
    verdict("new", [], "ERROR"),
  ]);
  expect(compare([ended()], [{ type: "ERROR" }, { type: "CALL_ENDED" }])).toEqual([
    verdict("same"),
    verdict("new", [], "ERROR"),
  ]);
});

test("messages of one type are compared in their order, each once", () => {
  const replies = [reply("CALL_ENDED", { a: 1 }), reply("CALL_ENDED", { a: 2 })];
  const came = [1, 3, 4].map((a) => ({ type: "CALL_ENDED", data: { a } }));
  expect(compare([{ event: event("END_CALL"), replies }], came)).toEqual([
    verdict("same"),
    verdict("different", ["a"]),
    verdict("new"),
  ]);
});

/** An app that answers each event, at once or after some milliseconds. */
function openStage(answers: { [event: string]: Line[] }, delay?: number) {
  const sent: Line[] = [];
  const events: Line[] = [];
  const stage = {
    send(event: Line) {
      events.push(event);
      const answer = () => sent.push(...(answers[event.type] ?? []));
      if (delay === undefined) answer();
      else setTimeout(answer, delay);
    },
    sent: () => sent,
  };
  return { stage, sent, events };
}

const session = [
  event("READY", { portalId: 1 }),
  reply("INITIALIZED", { isLoggedIn: true }),
  event("VISIBILITY_CHANGED", { isMinimized: true, isHidden: false }),
  event("END_CALL"),
  reply("CALL_ENDED", { externalCallId: "then", engagementId: 1 }),
];
const same = {
  READY: [reply("INITIALIZED", { isLoggedIn: true })],
  END_CALL: [reply("CALL_ENDED", { externalCallId: "now", engagementId: 1 })],
};
const asBefore = [{ event: "READY", type: "INITIALIZED", outcome: "same", fields: [] }, verdict("same")];

test("a log is played event by event, with the payloads of then", async () => {
  const { stage, events } = openStage(same);
  expect(await replay(session, stage)).toEqual(asBefore);
  expect(events).toEqual(session.filter(({ direction }) => direction === "in"));
});

test("an app that takes its time is waited for", async () => {
  const { stage } = openStage(same, 100);
  expect(await replay(session, stage)).toEqual(asBefore);
});

test("what the app had sent before is not taken for an answer", async () => {
  const { stage, sent } = openStage(same);
  sent.push(reply("INITIALIZED", { isLoggedIn: false }));
  expect(await replay(session, stage)).toEqual(asBefore);
});

test("an app that does not answer is given up after a second, and the rest is played", async () => {
  const { stage } = openStage({ END_CALL: same.END_CALL });
  const start = performance.now();
  expect(await replay(session, stage)).toEqual([{ ...asBefore[0], outcome: "missing" }, verdict("same")]);
  expect(performance.now() - start).toBeGreaterThan(950);
});

test("an answer that is missing holds up its own event, and none that comes later", async () => {
  const { stage } = openStage({ END_CALL: same.END_CALL });
  const end = session.slice(-2);
  let late = false;
  const send = (one: Line) => {
    stage.send(one);
    if (one.type === "END_CALL") setTimeout(() => (late = true), 500); // half of the time after which it is given up
  };
  const verdicts = await replay([...session, ...end, ...end], { ...stage, send });
  expect(late).toBe(false);
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(["missing", "same", "same", "same"]);
});

test("a log without events plays nothing", async () => {
  const { stage, events } = openStage({});
  expect(await replay([reply("INITIALIZED")], stage)).toEqual([]);
  expect(events).toEqual([]);
});

test("an answer of HubSpot may come between two messages that came at once then, or before both", () => {
  const exchanges = [
    { event: event("DIAL_NUMBER"), replies: [reply("OUTGOING_CALL_STARTED")] },
    { event: event("CREATE_ENGAGEMENT_SUCCEEDED"), replies: [reply("CALL_ANSWERED")] },
  ];
  const came = [{ type: "OUTGOING_CALL_STARTED" }, { type: "CALL_ANSWERED" }];
  expect(compare(exchanges, came).map(({ outcome }) => outcome)).toEqual(["same", "same"]);
});
