import { expect, test } from "@playwright/test";
import type { Message } from "../../../src/simulator/calls/message.ts";
import { findingOf } from "../../../src/simulator/rules/finding.ts";
import { createMessageLog } from "../../../src/simulator/session/message-log.ts";

const message = (n: number): Message => ({ at: n, from: "app", type: `${n}` });
const newFinding = findingOf("no-answer", { message: "no reply" });

/** Creates a log with `count` messages and a finding about each. */
function createFilledLog(count: number) {
  const log = createMessageLog();
  const all = Array.from({ length: count }, (_, index) => message(index));
  for (const about of all) {
    log.addMessage(about);
    log.addFinding({ ...newFinding, about });
  }
  const abouts = () => log.findings.map(({ about }) => about);
  return { ...log, first: all[0], abouts };
}

test("adds the time and the message's index to a finding", () => {
  const { messages, findings, addFinding, abouts } = createFilledLog(3);
  const before = Date.now();
  addFinding(newFinding);
  expect(abouts()).toEqual([0, 1, 2, undefined]);
  expect(findings.at(-1)).toEqual({ ...newFinding, at: expect.any(Number) });
  expect(findings.at(-1)?.at).toBeGreaterThanOrEqual(before);
  expect(messages[findings[1]?.about ?? -1]).toEqual(message(1));
});

test("keeps the newest 10,000 messages and findings, and adjusts the indexes", () => {
  const { messages, findings, addMessage, addFinding, abouts } = createFilledLog(10_000);
  addMessage(message(10_000));
  addMessage(message(10_001));
  expect(messages).toHaveLength(10_000);
  expect(abouts().slice(0, 4)).toEqual([undefined, undefined, 0, 1]);
  for (const index of [2, 9_999]) expect(messages[findings[index]?.about ?? -1]).toEqual(message(index));
  addFinding(newFinding);
  expect(findings).toHaveLength(10_000);
  expect(findings.at(-1)).not.toHaveProperty("about");
  expect(messages[findings[1]?.about ?? -1]).toEqual(message(2));
});

test("removes the indexes of cleared messages from findings", () => {
  const { messages, findings, addMessage, addFinding, first, clear, abouts } = createFilledLog(2);
  clear("messages");
  expect(messages).toEqual([]);
  addMessage(message(7));
  expect(abouts()).toEqual([undefined, undefined]);
  expect(Object.keys(findings[0] ?? {})).not.toContain("about");
  expect(addFinding({ ...newFinding, ...(first && { about: first }) })).not.toHaveProperty("about");
  clear("findings");
  expect(findings).toEqual([]);
  expect(messages).toHaveLength(1);
});
