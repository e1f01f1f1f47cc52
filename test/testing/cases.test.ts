// Uses the fixture as another project would. package.spec.ts runs these tests in a separate project.
import { expect, recordedCall, test } from "hubspot-calling-app/playwright";

test("fails for a call that is never completed", async ({ hubspot }) => {
  await hubspot.dial();
  for (const id of ["outgoingCall", "callAnswered", "callEnded"]) await hubspot.app.locator(`#${id}`).click();
  await hubspot.waitFor("CALL_ENDED");
});

test("passes despite an expected finding", async ({ hubspot }) => {
  hubspot.expectFindings(["ghost-call"]);
  await hubspot.dial();
  for (const id of ["outgoingCall", "callAnswered", "callEnded"]) await hubspot.app.locator(`#${id}`).click();
  await hubspot.waitFor("CALL_ENDED");
});

test("fails if an expected finding is missing", async ({ hubspot }) => {
  hubspot.expectFindings(["ghost-call"]);
});

test.describe("options", () => {
  test.use({
    iframeLocation: "remote",
    usesCallingWindow: false,
    session: { portalId: 7, ownerId: 8 },
    answers: { OUTGOING_CALL_STARTED: "fail" },
  });
  test("sets location, session and answers, and keeps them and the findings after a reload", async ({ hubspot }) => {
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
test("fails if a message of a recorded call is missing", recordedCall("call.jsonl", { userActions, timeout: 1000 }));
