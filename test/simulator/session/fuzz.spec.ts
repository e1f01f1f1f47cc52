// Whatever two tabs are sent, in whatever order: nothing throws, no engagement is in two states, and the same messages
// have the same findings again.
import { expect, test } from "@playwright/test";
import { callStates } from "../../../src/protocol/call-states.ts";
import { anything, type Sent, seed, sessions } from "../../support/fuzz.ts";
import { chance } from "../../support/random.ts";
import { openTab, openTimeline } from "../../support/tabs.ts";

const messages = 40;

type Step = Sent & { tab: number };

/** Plays a session in two tabs. Without messages, it makes them up on the way; gives them, and what was found. */
function play(random: ReturnType<typeof chance>, given?: readonly Step[]) {
  const timeline = openTimeline();
  const tabs = [openTab(timeline), openTab(timeline)];
  const sent: Step[] = [];
  const reached = new Map<number, number>();

  /** Plain: an expect for each of a million things takes minutes. */
  function look(): void {
    const all = timeline.all();
    const wrong = all.filter(({ engagementId, state, ghost, properties }) => {
      const place = callStates.indexOf(state);
      const before = reached.get(engagementId) ?? 0;
      reached.set(engagementId, place);
      const words = Object.values(properties);
      return place < before || (ghost && state !== "ended") || words.includes("undefined") || words.includes("NaN");
    });
    const ids = new Set(all.map(({ engagementId }) => engagementId));
    if (wrong.length > 0 || ids.size < all.length) expect({ wrong, ids: [...ids] }).toEqual({ wrong: [], ids: all });
  }

  for (let at = 0; at < (given?.length ?? messages); at++) {
    const engagementIds = timeline.all().map(({ engagementId }) => engagementId);
    const one = given?.[at] ?? { tab: random.below(2), ...anything(random, { engagementIds }) };
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
