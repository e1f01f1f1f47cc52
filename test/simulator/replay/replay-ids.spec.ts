// A replay replaces the ids in the log with the ids of this run's calls.
import { expect, test } from "@playwright/test";
import { type Line, openReplay } from "../../../src/simulator/replay/replay.ts";
import type { Sent } from "../../../src/simulator/replay/replay-ids.ts";

const event = (type: string, data?: unknown): Line => ({ at: 1, from: "hubspot", type, data });
const message = (type: string, data?: unknown): Line => ({ at: 1, from: "app", type, data });

const started = [
  event("DIAL_NUMBER", { phoneNumber: "+1" }),
  message("OUTGOING_CALL_STARTED", { externalCallId: "A" }),
  event("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 1 }),
  message("INCOMING_CALL", { externalCallId: "B" }),
  event("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 2 }),
];
const startedNow: Sent[] = [
  { type: "OUTGOING_CALL_STARTED", data: { externalCallId: "a" } },
  { type: "INCOMING_CALL", data: { externalCallId: "b" } },
];

/** Replays the log with an app that has already sent these messages. Returns the events sent, the waits and the verdicts. */
async function play(lines: Line[], sent: Sent[]) {
  const events: Sent[] = [];
  const waits: unknown[] = [];
  let lastId = 10;
  const replay = openReplay(lines, {
    send: ({ type, data }) => void events.push({ type, data }),
    waits(type, data) {
      if (type === undefined) return;
      waits.push(data);
      queueMicrotask(replay.skip);
    },
    newEngagementId: () => ++lastId,
  });
  for (const each of sent) replay.took(each);
  const verdicts = await replay.done;
  return { events, waits, verdicts, outcomes: verdicts.map(({ type, outcome }) => `${type} ${outcome}`) };
}

test("replaces the ids of several calls in each event, even in nested fields", async () => {
  const log = [
    ...started,
    event("END_CALL", { externalCallId: "A", engagementId: 1 }),
    event("UPDATE_ENGAGEMENT_SUCCEEDED", { engagementId: "2" }),
    event("SOMETHING_NEW", { calls: [{ externalCallId: "B" }], id: 1 }),
    event("READY", { portalId: 1, engagementId: 2 }),
  ];
  const { events } = await play(log, startedNow);
  expect(events.slice(1)).toEqual([
    { type: "CREATE_ENGAGEMENT_SUCCEEDED", data: { engagementId: 11 } },
    { type: "CREATE_ENGAGEMENT_SUCCEEDED", data: { engagementId: 12 } },
    { type: "END_CALL", data: { externalCallId: "a", engagementId: 11 } },
    { type: "UPDATE_ENGAGEMENT_SUCCEEDED", data: { engagementId: "12" } },
    { type: "SOMETHING_NEW", data: { calls: [{ externalCallId: "b" }], id: 1 } },
    { type: "READY", data: { portalId: 1, engagementId: 12 } },
  ]);
});

test("does not change ids of calls that it does not know", async () => {
  const ids = { externalCallId: "C", engagementId: 3 };
  const { events } = await play([...started, event("END_CALL", ids)], startedNow);
  expect(events.at(-1)).toEqual({ type: "END_CALL", data: ids });
});

test("recognizes an externalCallId that the log contains as a number and as a string", async () => {
  const log = [
    event("DIAL_NUMBER"),
    message("OUTGOING_CALL_STARTED", { externalCallId: 5 }),
    event("END_CALL", { externalCallId: "5" }),
    event("SOMETHING_NEW", { externalCallId: 5 }),
  ];
  const { events } = await play(log, [{ type: "OUTGOING_CALL_STARTED", data: { externalCallId: 9 } }]);
  expect(events.slice(1).map(({ data }) => data)).toEqual([{ externalCallId: "9" }, { externalCallId: 9 }]);
});

for (const externalCallId of ["", null, { id: 1 }]) {
  test(`does not replace the value ${JSON.stringify(externalCallId)}, which cannot be an id`, async () => {
    const start = message("OUTGOING_CALL_STARTED", { externalCallId });
    const log = [event("DIAL_NUMBER"), start, event("END_CALL", { externalCallId })];
    const { events } = await play(log, [{ type: "OUTGOING_CALL_STARTED", data: { externalCallId: "a" } }]);
    expect(events.at(-1)?.data).toEqual({ externalCallId });
  });
}

test("learns the id of a call that started before the log from the call's first message", async () => {
  const log = [event("END_CALL"), message("CALL_ANSWERED", { externalCallId: "A" })];
  const { events } = await play(
    [...log, event("END_CALL", { externalCallId: "A" })],
    [{ type: "CALL_ANSWERED", data: { externalCallId: "a" } }],
  );
  expect(events.at(-1)?.data).toEqual({ externalCallId: "a" });
});

test("reports a message about the wrong call, with this run's ids", async () => {
  const log = [...started, message("CALL_ENDED", { externalCallId: "A", engagementId: 1 })];
  const right = { type: "CALL_ENDED", data: { externalCallId: "a", engagementId: 11 } };
  expect((await play(log, [...startedNow, right])).outcomes.at(-1)).toBe("CALL_ENDED same");
  const wrong = { type: "CALL_ENDED", data: { externalCallId: "b", engagementId: 12 } };
  expect((await play(log, [...startedNow, wrong])).verdicts.at(-1)?.values).toEqual([
    { field: "externalCallId", expected: '"a"', actual: '"b"' },
    { field: "engagementId", expected: "11", actual: "12" },
  ]);
});

test("compares a message with the message about the same call, even if another call's message arrived first", async () => {
  const ended = (externalCallId: string) => ({ type: "CALL_ENDED", data: { externalCallId } });
  const log = [...started, ...["A", "B"].map((id) => message("CALL_ENDED", { externalCallId: id }))];
  const { verdicts } = await play(log, [...startedNow, ended("b"), ended("a")]);
  expect(verdicts.slice(2).map(({ outcome, fields }) => [outcome, fields])).toEqual([
    ["same", []],
    ["reordered", []],
  ]);
});

test("tells which call a message is about when it waits for the message", async () => {
  const log = [...started, message("CALL_ENDED", { externalCallId: "B", engagementId: 2 })];
  const { waits } = await play(log, startedNow);
  expect(waits).toEqual([{ type: "CALL_ENDED", data: { externalCallId: "b", engagementId: 12 } }]);
});
