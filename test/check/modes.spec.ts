// An app needs to support only one of the two modes for inbound calls, so the check reports faults that are specific to the
// other mode as warnings.
import { expect, test } from "@playwright/test";
import { relaxOtherMode } from "../../src/check/modes.ts";
import { finding, type RuleId } from "../../src/check/report/findings.ts";
import { outcomeOf } from "../../src/check/report/report.ts";

type Faults = { [place: string]: RuleId };

/** @param faults the rule that the app breaks in each place and mode, for example `{ "remote true": "remote-speaks" }` */
const runsOf = (faults: Faults, places = ["remote true", "remote false", "window true", "window false"]) =>
  places.map((place) => {
    const [iframeLocation, usesCallingWindow] = place.split(" ");
    const rule = faults[place];
    const findings = rule ? [finding(rule, "a fault")] : [];
    const name = `iframeLocation: ${iframeLocation}, usesCallingWindow: ${usesCallingWindow}`;
    return { name, expectation: "", result: outcomeOf(findings, undefined), findings, milliseconds: 0 };
  });
const resultsOf = (faults: Faults, places?: string[]) =>
  relaxOtherMode(runsOf(faults, places)).map(({ result }) => result);

const onlyWithWindow: Faults = { "remote false": "not-ready", "window false": "window-speaks" };

test("reports warnings if the app supports only usesCallingWindow: true", () => {
  expect(resultsOf(onlyWithWindow)).toEqual(["passed", "warned", "passed", "warned"]);
  const [, remote] = relaxOtherMode(runsOf(onlyWithWindow));
  expect(remote?.findings[0]?.remedy).toMatch(/^Register the app with usesCallingWindow: true, /);
});

test("reports warnings if the app supports only usesCallingWindow: false", () => {
  expect(resultsOf({ "remote true": "remote-speaks" })).toEqual(["warned", "passed", "passed", "passed"]);
});

test("reports errors if the app supports neither mode", () => {
  const faults: Faults = { "remote true": "remote-speaks", "window false": "window-speaks" };
  expect(resultsOf(faults)).toEqual(["failed", "passed", "passed", "failed"]);
});

test("does not reduce errors to warnings if the check tried only one mode", () => {
  expect(resultsOf(onlyWithWindow, ["remote false", "window false"])).toEqual(["failed", "failed"]);
});

test("reports a fault that is not specific to a mode as an error, even in the mode that the app does not support", () => {
  const faults: Faults = { "remote false": "not-ready", "window false": "uncaught" };
  expect(resultsOf(faults)).toEqual(["passed", "warned", "passed", "failed"]);
});
