// The check's scenarios for the open record, the called record and the call queue.
import { check } from "../../src/check/check.ts";
import type { UserActions } from "../../src/check/user-actions.ts";
import { softphone } from "../support/faulty-softphone.ts";
import { ports } from "../support/ports.ts";
import { expect, test } from "../support/simulator.ts";
import * as softphoneActions from "./softphone.actions.ts";

test.describe.configure({ timeout: 90_000 });

async function checkIn(url: string, userActions: UserActions, names: readonly string[]) {
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

test("reports an app that mistakes the open record for the called record, and is not ready for the next task", async ({
  serve,
}) => {
  const url = await serve((response) =>
    response.end(
      softphone("takes objectId")
        .replace("ready(message);", "if (!sessionStorage.over) ready(message);")
        .replace("call = undefined;", "call = undefined; sessionStorage.over = true;"),
    ),
  );
  const scenarios = ["call: outbound", "call: from another page", "call: queue"];
  const report = await checkIn(url, softphoneActions, scenarios);
  const wrongCallee = (id: string) =>
    `wrong-callee: callCompleted: hs_call_callee_object_id is "${id}", the open record; the called record is 51 (calleeInfo)`;
  expect(
    report.scenarios.map(({ name, findings }) => [name, ...findings.map(({ rule, message }) => `${rule}: ${message}`)]),
  ).toEqual([
    ["framing"],
    ["handshake"],
    ["call: outbound"],
    ["call: from another page", wrongCallee("101"), wrongCallee("0")],
    ["call: queue", expect.stringMatching(/^not-ready: /)],
  ]);
});
