// What a replay says of messages that come in another order than then, or after the last message of the log.
import { expect, test } from "@playwright/test";
import { type Line, openReplay } from "../../../src/simulator/session/replay.ts";

const line = (from: "hubspot" | "app", type: string): Line => ({ at: 1, from, type });

/** Plays an event and the messages that followed it then; `answer` sends what the app sends now. */
async function play(then: string[], answer: (send: (type: string) => void) => void): Promise<string[]> {
  const replay = openReplay([line("hubspot", "END_CALL"), ...then.map((type) => line("app", type))], {
    send: () => answer((type) => replay.took({ type })),
    waits: (type) => {
      if (type) queueMicrotask(replay.skip);
    },
  });
  return (await replay.done).map(({ type, outcome }) => `${type} ${outcome}`);
}

test("calls every message reordered that came before one that it followed then", async () => {
  const outcomes = await play(["A", "B", "C"], (send) => ["B", "C", "A"].forEach(send));
  expect(outcomes).toEqual(["A same", "B reordered", "C reordered"]);
});

test("reports what the app sends a moment after the last message of the log", async () => {
  const outcomes = await play(["A"], (send) => {
    send("A");
    setTimeout(() => send("B"));
  });
  expect(outcomes).toEqual(["A same", "B new"]);
});
