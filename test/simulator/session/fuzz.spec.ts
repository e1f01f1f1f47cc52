// Sends random messages in two tabs. Nothing throws, no engagement returns to an earlier state, and the same messages always
// cause the same findings.
import { expect, test } from "@playwright/test";
import { callStates } from "../../../src/protocol/call-states.ts";
import { anything, type Sent, seed, sessions } from "../../support/fuzz.ts";
import { chance } from "../../support/random.ts";
import { openTab, openTimeline } from "../../support/tabs.ts";

const count = 40;

type Step = Sent & { tab: number };

/** Plays the messages, or random messages by default, in two tabs. Returns the messages, findings and timeline. */
function play(random: ReturnType<typeof chance>, messages?: readonly Step[]) {
  const timeline = openTimeline();
  const tabs = [openTab(timeline), openTab(timeline)];
  const sent: Step[] = [];
  const reached = new Map<number, number>();

  /** Calls `expect` only on failure, because a million calls would take minutes. */
  function checkEngagements(): void {
    const all = timeline.all();
    const wrong = all.filter(({ engagementId, state, ghost, properties }) => {
      const place = callStates.indexOf(state);
      const before = reached.get(engagementId) ?? 0;
      reached.set(engagementId, place);
      const texts = Object.values(properties);
      return place < before || (ghost && state !== "ended") || texts.includes("undefined") || texts.includes("NaN");
    });
    const ids = new Set(all.map(({ engagementId }) => engagementId));
    if (wrong.length > 0 || ids.size < all.length) expect({ wrong, ids: [...ids] }).toEqual({ wrong: [], ids: all });
  }

  for (let at = 0; at < (messages?.length ?? count); at++) {
    const engagementIds = timeline.all().map(({ engagementId }) => engagementId);
    const next = messages?.[at] ?? { tab: random.below(2), ...anything(random, { engagementIds }) };
    sent.push(next);
    tabs[next.tab]?.app(next.type, next.data, at * 700);
    checkEngagements();
  }
  for (const tab of tabs) tab.close();
  checkEngagements();
  return { sent, found: tabs.map(({ rules }) => rules()), timeline: timeline.all() };
}

test(`reports the same findings and keeps the same timeline when each of ${sessions} random sessions is repeated`, () => {
  const { now } = Date;
  const random = chance(seed);
  let findings = 0;
  try {
    for (let count = 0; count < sessions; count++) {
      let clock = 1_790_000_000_000;
      Date.now = () => clock++;
      const first = play(random);
      clock = 1_790_000_000_000;
      const again = play(random, first.sent);
      expect(again.found, `session ${count}`).toEqual(first.found);
      expect(again.timeline).toEqual(first.timeline);
      findings += first.found.flat().length;
    }
  } catch (error) {
    throw new Error(`set SEED=${seed} to repeat this failure`, { cause: error });
  } finally {
    Date.now = now;
  }
  expect(findings).toBeGreaterThan(sessions);
});
