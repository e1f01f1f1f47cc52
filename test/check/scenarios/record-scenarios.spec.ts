// The check's scenarios for the open record, the called record and the call queue.
import { expect, findingsOf, test } from "../../support/check.ts";
import { softphone } from "../../support/faulty-softphone.ts";
import * as userActions from "../softphone.actions.ts";

test("reports an app that mistakes the open record for the called record and that is not ready for the next task in a call queue", async ({
  checkPage,
}) => {
  const html = softphone("mistakes objectId for the called record")
    .replace("ready(message);", "if (!sessionStorage.over) ready(message);")
    .replace("call = undefined;", "call = undefined; sessionStorage.over = true;");
  const scenarios = ["call: outbound", "call: from another page", "call: queue"];
  const { report } = await checkPage(html, scenarios, { userActions, strict: true });
  const wrongCallee = (id: string) =>
    `wrong-callee: callCompleted: hs_call_callee_object_id is "${id}", which is objectId in onDialNumber; the called record is 51 (calleeInfo)`;
  expect(findingsOf(report)).toEqual([
    ["framing"],
    ["handshake"],
    ["call: outbound"],
    ["call: from another page", wrongCallee("101"), wrongCallee("0")],
    ["call: queue", expect.stringMatching(/^not-ready: /)],
  ]);
});
