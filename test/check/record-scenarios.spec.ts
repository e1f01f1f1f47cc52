// The check's scenarios about the open record, the called record and the call queue.
import { check } from "../../src/check/check.ts";
import type { UserActions } from "../../src/check/user-actions.ts";
import * as exampleActions from "../examples/softphone.actions.ts";
import { softphone } from "../support/faulty-softphone.ts";
import { appUrl } from "../support/host.ts";
import { ports } from "../support/ports.ts";
import { expect, test } from "../support/simulator.ts";
import { softphonePage } from "../support/softphone.ts";
import * as callingAppActions from "./calling-app.actions.ts";
import * as softphoneActions from "./softphone.actions.ts";

test.describe.configure({ timeout: 90_000 });

const scenarios = ["dial: from another page", "call: from another page", "call: queue"];

async function checkIn(url: string, userActions: UserActions, names = scenarios) {
  const { report } = await check({
    url,
    pages: `.serve/${ports.HTTP_PORT}`,
    timeoutMs: 8000,
    userActions,
    strict: true,
    only: (name) => names.includes(name),
  });
  return report;
}

test("passes three correct apps", async ({ serve }) => {
  const correct = await serve((response) => response.end(softphone()));
  const example = await serve((response) => response.end(softphonePage));
  const passed = [];
  for (const report of [
    await checkIn(correct, softphoneActions),
    await checkIn(example, exampleActions),
    await checkIn(appUrl, callingAppActions),
  ]) {
    passed.push(report.scenarios.filter(({ result }) => result !== "passed"));
  }
  expect(passed).toEqual([[], [], []]);
});

test("finds an app that takes the open record for the called one", async ({ serve }) => {
  const url = await serve((response) => response.end(softphone("takes objectId")));
  const report = await checkIn(url, softphoneActions, ["call: outbound", "call: from another page"]);
  expect(report.scenarios.map(({ name, result }) => [name, result])).toEqual([
    ["framing", "passed"],
    ["handshake", "passed"],
    ["call: outbound", "passed"],
    ["call: from another page", "failed"],
  ]);
  const findings = report.scenarios.flatMap(({ findings }) => findings);
  expect(findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual(
    ["101", "0"].map(
      (id) =>
        `wrong-callee: callCompleted: hs_call_callee_object_id is "${id}", the open record; the called record is 51 (calleeInfo)`,
    ),
  );
});

test("finds an app that does not come back for the next task of a call queue", async ({ serve }) => {
  const url = await serve((response) =>
    response.end(
      softphone()
        .replace("ready(message);", "if (!sessionStorage.over) ready(message);")
        .replace("call = undefined;", "call = undefined; sessionStorage.over = true;"),
    ),
  );
  const report = await checkIn(url, softphoneActions, ["call: outbound", "call: queue"]);
  expect(report.scenarios.flatMap(({ name, findings }) => findings.map(({ rule }) => [name, rule]))).toEqual([
    ["call: queue", "not-ready"],
  ]);
});
