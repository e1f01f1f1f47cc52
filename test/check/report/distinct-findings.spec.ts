import { expect, test } from "@playwright/test";
import { byRule, distinctFindings, joined, messageOf } from "../../../src/check/report/distinct-findings.ts";
import { finding } from "../../../src/check/report/findings.ts";

test("merges findings about the same fault from several scenarios and activities", () => {
  const [merged, ...others] = distinctFindings([
    { name: "handshake", findings: [finding("uncaught", "boom", "while the app loads")] },
    {
      name: "events",
      findings: [finding("uncaught", "boom", "while the app loads"), finding("uncaught", "boom", "on X")],
    },
    { name: "dial", findings: [] },
  ]);
  expect(others).toEqual([]);
  expect(merged).toMatchObject({
    rule: "uncaught",
    message: "boom",
    activities: ["while the app loads", "on X"],
    scenarios: ["handshake", "events"],
  });
});

test("merges findings whose messages differ only in a call id, a phone number or a time", () => {
  const merged = [
    [`call "3f0c-11" already has one`, `call "77aa-02" already has one`],
    [`fromNumber is "555"; expected E.164`, `fromNumber is "0049 30"; expected E.164`],
    ["not finished within 8000 ms", "not finished within 9000.5 ms"],
  ];
  for (const [first = "", second = ""] of merged) {
    const findings = [finding("unknown-call", first), finding("unknown-call", second)];
    expect(distinctFindings([{ name: "dial", findings }])).toMatchObject([{ message: first, scenarios: ["dial"] }]);
  }
});

test("merges findings about the same field of a message", () => {
  const findings = ["callEnded: externalCallId is missing", 'callEnded: externalCallId is missing; call "a"'].map(
    (message) => ({ ...finding("missing-field", message), field: "callEnded.externalCallId" }),
  );
  expect(distinctFindings([{ name: "call: outbound", findings }])).toHaveLength(1);
});

test("keeps different faults separate, and puts errors first", () => {
  const findings = [
    finding("not-e164", `toNumber is "5"`),
    finding("uncaught", "a1 is not defined"),
    finding("uncaught", "a2 is not defined"),
    finding("not-e164", `fromNumber is "5"`),
  ];
  const distinct = distinctFindings([{ name: "dial", findings }]);
  expect(distinct.map(({ message }) => message)).toEqual([
    "a1 is not defined",
    "a2 is not defined",
    `toNumber is "5"`,
    `fromNumber is "5"`,
  ]);
  expect(byRule(distinct).map(({ first, findings }) => [first.rule, findings.length])).toEqual([
    ["uncaught", 2],
    ["not-e164", 2],
  ]);
});

test("groups the findings of one rule by remedy", () => {
  const findings = [
    finding("uncaught", "a is not defined", "while the app loads", { remedy: "Correct the code." }),
    finding("uncaught", "a is not defined", "on DIAL_NUMBER"),
  ];
  const groups = byRule(distinctFindings([{ name: "events", findings }]));
  expect(groups.map(({ first, findings }) => [first.remedy, findings.length])).toEqual([
    ["Correct the code.", 1],
    [findings[1]?.remedy, 1],
  ]);
});

test("puts the activity in front of the message if there is only one activity", () => {
  const [once] = distinctFindings([{ name: "events", findings: [finding("uncaught", "boom", "on X")] }]);
  expect(once && messageOf(once)).toBe("on X: boom");
});

test("shortens a list of names only if it can hide at least two names", () => {
  expect(joined(["a", "b", "c"], 2)).toBe("a; b; c");
  expect(joined(["a", "b", "c", "d"], 2)).toBe("a; b; and 2 more");
});
