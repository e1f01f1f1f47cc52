// Whatever two tabs are sent, in whatever order: nothing throws, no engagement is in two states, and the same messages
// have the same findings again.
import { expect, test } from "@playwright/test";
import { outbound } from "../../../src/protocol/messages.ts";
import { chance } from "../../setup/chance.ts";
import { call, objectCoordinates } from "./contract-steps.ts";
import { openTab, openTimeline } from "./tabs.ts";

/** Printed where a session fails; `SEED=… npx playwright test …` plays the same ones. */
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const sessions = 200;
const messages = 40;

const states = ["created", "answered", "ended", "completed"];
const types = [...Object.keys(outbound), "DIAL", "__proto__"];
const ofCalls = ["OUTGOING_CALL_STARTED", "INCOMING_CALL", "CALL_ANSWERED", "CALL_ENDED", "CALL_COMPLETED"];
const odd: unknown[] = [
  null,
  undefined,
  Number.NaN,
  0,
  -1,
  1n,
  "",
  "a",
  "null",
  true,
  {},
  [],
  ["a"],
  { toString: 1 },
  new Map(),
];

type Sent = { tab: number; type: string; data: unknown };

/** A message that is about right, or not at all. */
function anything({ below, pick }: ReturnType<typeof chance>, engagementIds: readonly number[]): Sent {
  const fields: { [name: string]: unknown } = {
    ...call(pick(["a", "b", "c"])),
    engagementId: pick([...engagementIds, 0]),
    isLoggedIn: true,
    callEndStatus: pick(["COMPLETED", "BUSY", "INTERNAL_COMPLETED"]),
    engagementProperties: { hs_call_body: "Notes", hs_call_duration: pick(["5", "5000"]) },
    objectCoordinates,
    message: "Words",
    iFrameUrl: "http://localhost:3000/",
  };
  for (let count = below(4); count > 0; count--) {
    const name = pick(Object.keys(fields));
    if (below(2)) delete fields[name];
    else fields[name] = pick(odd);
  }
  const data = below(12) ? fields : pick(odd);
  return { tab: below(2), type: below(3) ? pick(ofCalls) : pick(types), data };
}

/** Plays a session in two tabs. Without messages, it makes them up on the way; gives them, and what was found. */
function play(random: ReturnType<typeof chance>, given?: readonly Sent[]) {
  const timeline = openTimeline();
  const tabs = [openTab(timeline), openTab(timeline)];
  const sent: Sent[] = [];
  const reached = new Map<number, number>();

  /** Plain: an expect for each of a million things takes minutes. */
  function look(): void {
    const all = timeline.all();
    const wrong = all.filter(({ engagementId, state, ghost, properties }) => {
      const place = states.indexOf(state);
      const before = reached.get(engagementId) ?? 0;
      reached.set(engagementId, place);
      const words = Object.values(properties);
      return place < before || (ghost && state !== "ended") || words.includes("undefined") || words.includes("NaN");
    });
    const ids = new Set(all.map(({ engagementId }) => engagementId));
    if (wrong.length > 0 || ids.size < all.length) expect({ wrong, ids: [...ids] }).toEqual({ wrong: [], ids: all });
  }

  for (let at = 0; at < (given?.length ?? messages); at++) {
    const one =
      given?.[at] ??
      anything(
        random,
        timeline.all().map(({ engagementId }) => engagementId),
      );
    sent.push(one);
    tabs[one.tab]?.app(one.type, one.data, at * 700);
    look();
  }
  for (const tab of tabs) tab.close();
  look();
  return { sent, found: tabs.map(({ rules }) => rules()), timeline: timeline.all() };
}

test(`${sessions} random sessions`, () => {
  const { now } = Date;
  const random = chance(seed);
  let told = 0;
  try {
    for (let count = 0; count < sessions; count++) {
      let clock = 1_790_000_000_000;
      Date.now = () => clock++;
      const first = play(random);
      clock = 1_790_000_000_000;
      const again = play(random, first.sent);
      expect(again.found, `session ${count}`).toEqual(first.found);
      expect(again.timeline).toEqual(first.timeline);
      told += first.found.flat().length;
    }
  } catch (error) {
    throw new Error(`SEED=${seed} does it again`, { cause: error });
  } finally {
    Date.now = now;
  }
  expect(told).toBeGreaterThan(sessions);
});
