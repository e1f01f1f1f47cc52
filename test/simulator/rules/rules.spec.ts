// Checks the rules' texts, and the content and order of the rules' findings.
import { expect, test } from "@playwright/test";
import { outbound } from "../../../src/protocol/messages.ts";
import { findingOf } from "../../../src/simulator/rules/finding.ts";
import { ruleOf, rules } from "../../../src/simulator/rules/index.ts";
import {
  app,
  call,
  closed,
  ended,
  findings,
  hubspot,
  ids,
  initialized,
  isCalling,
  over,
  running,
  type Steps,
  found as textsOf,
  to,
} from "../../support/rule-steps.ts";
import { cases } from "./cases/index.ts";

/** Prefixes findings with their rule's id, and with their severity if it differs from the rule's. */
const findingsOf = (steps: Steps) =>
  findings(...steps).map(({ rule, severity, message }) => {
    const isOwn = severity === ruleOf(rule).severity;
    return `${rule}: ${isOwn ? "" : `${severity}: `}${message}`;
  });

const sorted = (texts: readonly string[]) => texts.toSorted((one, other) => one.localeCompare(other));

const frequencies = ["is not reported", "is reported once", "is reported twice", "is reported three times"];

for (const [rule, rows] of Object.entries(cases)) {
  for (const { app, steps, finds, also = [] } of rows) {
    test(`${rule} ${frequencies[finds.length]} if the app ${app}`, () => {
      const expected = [...finds.map((message) => `${rule}: ${message}`), ...also];
      expect(sorted(findingsOf(steps))).toEqual(sorted(expected));
    });
  }
}

test("has a case for unknown-type and for each rule with a check", () => {
  const withCheck = rules.filter((rule) =>
    [rule.check, rule.checkAbandoned, rule.checkEndOverdue, rule.checkOtherEnded, rule.checkVersion].some(Boolean),
  );
  const withCase = Object.entries(cases).filter(([, rows]) => rows.some(({ finds }) => finds.length > 0));
  expect(new Set(withCase.map(([id]) => id))).toEqual(new Set([...withCheck.map(({ id }) => id), "unknown-type"]));
});

test("has a unique id, non-empty texts and an example of at most four lines for each rule", () => {
  const ids = rules.map(({ id }) => id);
  expect(rules.flatMap(({ hides = [] }) => hides).filter((id) => !ids.some((other) => other === id))).toEqual([]);
  expect(new Set(ids).size).toBe(rules.length);
  for (const { id, example, ...rest } of rules) {
    const texts = Object.entries(rest).filter(([name]) => !name.startsWith("check") && name !== "hides");
    const empty = texts.filter(([, text]) => `${text}`.trim() === "").map(([field]) => field);
    expect(empty, `${id}: empty fields`).toEqual([]);
    expect(example.trim().split("\n").length, `${id}: example lines`).toBeLessThanOrEqual(4);
  }
});

test("names the message that caused the finding, or the last message of an unfinished call", () => {
  const about = (...steps: Steps) => findings(...steps).map(({ about }) => about?.type);
  expect(about(...over, ended)).toEqual(["CALL_ENDED"]);
  expect(about(...over, app("OUTGOING_CALL_STARTED", call("b")))).toEqual(["CALL_ENDED"]);
  expect(about(...running, closed)).toEqual(["OUTGOING_CALL_STARTED"]);
  expect(about(({ engine }) => engine.report("no-answer", "no reply"))).toEqual([undefined]);
});

test("copies the rule's fields to a finding, unless the fault overrides them", () => {
  const { title, severity, source, remedy } = ruleOf("no-answer");
  const [timed] = findings(({ engine }) => engine.report("no-answer", "no reply"));
  const reference = "src/simulator/rules/README.md#no-answer";
  expect(timed).toEqual({ rule: "no-answer", title, severity, message: "no reply", source, remedy, reference });
  const own = { message: "no reply", severity: "warning", source: "another" } as const;
  expect(findingOf("no-answer", own)).toEqual({ ...timed, ...own });
});

test("reports the findings about one message in the order of the rules", () => {
  const wrong = app("OUTGOING_CALL_STARTED", call("b", { toNumber: 5, fromNumber: "1", phoneNumber: to }));
  expect(findings(running, app("LOGGED_OUT"), ended, wrong).map(({ rule }) => rule)).toEqual([
    "wrong-type",
    "not-e164",
    "deprecated",
    "not-logged-in",
    "ghost-call",
  ]);
});

test("does not throw for unusual payloads, and keeps the findings' messages shorter than 300 characters", () => {
  const cycle: { [name: string]: unknown } = { externalCallId: "a" };
  cycle.engagementId = cycle;
  cycle.engagementProperties = cycle;
  const huge = "x".repeat(1_000_000);
  const unprintable = { toString: 1, valueOf: 1 };
  const values: unknown[] = [
    null,
    undefined,
    0,
    Number.NaN,
    1n,
    "",
    huge,
    "INTERNAL_X",
    [],
    [[1n]],
    {},
    cycle,
    unprintable,
  ];
  values.push(JSON.parse('{"__proto__": {"externalCallId": "a"}, "constructor": 1}'), new Date(Number.NaN), new Map());
  values.push(
    JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`),
    JSON.parse(`${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`),
  );
  const fields = [
    "externalCallId",
    "engagementId",
    "toNumber",
    "engagementProperties",
    "createEngagement",
    "__proto__",
  ];
  const payloads = [
    ...values,
    ...fields.flatMap((name) => values.map((value) => ({ ...ids, ...call(), [name]: value }))),
  ];
  for (const type of [...Object.keys(outbound), "__proto__", "constructor", "toString", "", huge]) {
    const steps = payloads.flatMap((data) => [app(type, data), hubspot(type, data)]);
    expect(textsOf(...steps).filter((message) => message.length >= 300)).toEqual([]);
  }
});

test("ends a call with neither an id nor an engagement when the next call starts or the app is closed", () => {
  const nameless = app("OUTGOING_CALL_STARTED", call(""));
  const failed = [initialized, nameless, hubspot("CREATE_ENGAGEMENT_FAILED", { error: { message: "no" } })];
  expect(isCalling(...failed)).toBe(true);
  expect(isCalling(...failed, closed)).toBe(false);
  expect(isCalling(...failed, nameless, app("CALL_ENDED", {}))).toBe(false);
});
