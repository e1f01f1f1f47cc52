import { expect, test } from "@playwright/test";
import type { Message } from "../../../src/simulator/calls/message.ts";
import { findingOf } from "../../../src/simulator/rules/finding.ts";
import { openRecord } from "../../../src/simulator/session/message-log.ts";

const message = (n: number): Message => ({ at: n, from: "app", type: `${n}` });
const found = findingOf("no-answer", { message: "nothing came" });

/** A record in which messages were said, and something was found about each. */
function openWith(count: number) {
  const record = openRecord();
  const said = Array.from({ length: count }, (_, index) => message(index));
  for (const one of said) {
    record.said(one);
    record.found({ ...found, about: one });
  }
  const abouts = () => record.findings.map(({ about }) => about);
  return { ...record, said: record.said, first: said[0], abouts };
}

test("a finding has its time, and the index of its message", () => {
  const { messages, findings, found: add, abouts } = openWith(3);
  const before = Date.now();
  add(found);
  expect(abouts()).toEqual([0, 1, 2, undefined]);
  expect(findings.at(-1)).toEqual({ ...found, at: expect.any(Number) });
  expect(findings.at(-1)?.at).toBeGreaterThanOrEqual(before);
  expect(messages[findings[1]?.about ?? -1]).toEqual(message(1));
});

test("the newest 10,000 of each are held, and findings still tell their message", () => {
  const { messages, findings, said, found: add, abouts } = openWith(10_000);
  said(message(10_000));
  said(message(10_001));
  expect(messages).toHaveLength(10_000);
  expect(abouts().slice(0, 4)).toEqual([undefined, undefined, 0, 1]);
  for (const index of [2, 9_999]) expect(messages[findings[index]?.about ?? -1]).toEqual(message(index));
  add(found);
  expect(findings).toHaveLength(10_000);
  expect(findings.at(-1)).not.toHaveProperty("about");
  expect(messages[findings[1]?.about ?? -1]).toEqual(message(2));
});

test("what is cleared is gone, and what is left of it is about no other message", () => {
  const { messages, findings, said, found: add, first, clear, abouts } = openWith(2);
  clear("messages");
  expect(messages).toEqual([]);
  said(message(7));
  expect(abouts()).toEqual([undefined, undefined]);
  expect(Object.keys(findings[0] ?? {})).not.toContain("about");
  expect(add({ ...found, ...(first && { about: first }) })).not.toHaveProperty("about");
  clear("findings");
  expect(findings).toEqual([]);
  expect(messages).toHaveLength(1);
});
