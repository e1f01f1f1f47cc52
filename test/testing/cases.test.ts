// Tests of another project, which use the fixture: package.spec.ts runs them there.
import { expect, recordedCall, test } from "hubspot-calling-app/playwright";

test("a call that is never completed fails its test", async ({ hubspot }) => {
  await hubspot.dial();
  for (const id of ["outgoingCall", "callAnswered", "callEnded"]) await hubspot.app.locator(`#${id}`).click();
  await hubspot.waitFor("CALL_ENDED");
});

test("an expected finding does not fail its test", async ({ hubspot }) => {
  hubspot.expectFindings(["ghost-call"]);
  await hubspot.dial();
  for (const id of ["outgoingCall", "callAnswered", "callEnded"]) await hubspot.app.locator(`#${id}`).click();
  await hubspot.waitFor("CALL_ENDED");
});

test("an expected finding that does not come fails its test", async ({ hubspot }) => {
  hubspot.expectFindings(["ghost-call"]);
});

test.describe("options", () => {
  test.use({
    iframeLocation: "remote",
    usesCallingWindow: false,
    session: { portalId: 7, ownerId: 8 },
    answers: { OUTGOING_CALL_STARTED: "fail" },
  });
  test("set location, session and answers; a reload keeps them and the findings", async ({ hubspot }) => {
    await hubspot.app.locator("#outgoingCall").click();
    const types = async () => (await hubspot.messages()).map(({ type }) => type);
    await expect.poll(types).toContain("CREATE_ENGAGEMENT_FAILED");
    await hubspot.app.locator("#callCompleted").click();
    await hubspot.waitFor("CALL_COMPLETED");
    await hubspot.reload();
    hubspot.expectFindings(["out-of-order"]);
    expect(await hubspot.findings()).toEqual([]);
    const [ready] = await hubspot.messages();
    expect(ready?.data).toMatchObject({ portalId: 7, ownerId: 8, iframeLocation: "remote", usesCallingWindow: false });
  });
});

const press = (id: string) => (app: { locator(selector: string): { click(): Promise<void> } }) =>
  app.locator(`#${id}`).click();
const userActions = {
  OUTGOING_CALL_STARTED: press("outgoingCall"),
  CALL_ANSWERED: press("callAnswered"),
  CALL_ENDED: press("callEnded"),
};
test(
  "a recorded call is as it was",
  recordedCall("call.jsonl", { userActions: { ...userActions, CALL_COMPLETED: press("callCompleted") } }),
);
test(
  "a recorded call with a message missing fails its test",
  recordedCall("call.jsonl", { userActions, timeout: 1000 }),
);
