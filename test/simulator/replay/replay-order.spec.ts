// Replays report reordered messages, and messages after the end of the log.
import { expect, test } from "@playwright/test";
import { type Line, openReplay } from "../../../src/simulator/replay/replay.ts";

const line = (from: "hubspot" | "app", type: string): Line => ({ at: 1, from, type });

/** Replays a log that contains one event and the messages in `inLog`. `answer` sends the app's messages. */
async function play(inLog: string[], answer: (send: (type: string) => void) => void): Promise<string[]> {
  const replay = openReplay([line("hubspot", "END_CALL"), ...inLog.map((type) => line("app", type))], {
    send: () => answer((type) => replay.took({ type })),
    waits: (type) => {
      if (type) queueMicrotask(replay.skip);
    },
  });
  return (await replay.done).map(({ type, outcome }) => `${type} ${outcome}`);
}

test("reports a message as reordered if it arrives before a message that precedes it in the log", async () => {
  const outcomes = await play(["A", "B", "C"], (send) => ["B", "C", "A"].forEach(send));
  expect(outcomes).toEqual(["A same", "B reordered", "C reordered"]);
});

test("reports messages that the app sends shortly after the end of the log", async () => {
  const outcomes = await play(["A"], (send) => {
    send("A");
    setTimeout(() => send("B"));
  });
  expect(outcomes).toEqual(["A same", "B new"]);
});
