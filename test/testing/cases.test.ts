// Uses the fixture as another project would. test/build-package.spec.ts runs these tests in a separate project. Tests whose
// title starts with "fails" call `test.fail`, because Playwright starts a new worker after each unexpected failure.
import { createHmac } from "node:crypto";
import { expect, recordedCall, test } from "hubspot-calling-app/playwright";
import { createWebhook } from "hubspot-calling-app/webhook";

test.fail("fails for a call that is never completed", async ({ hubspot }) => {
  await hubspot.dial();
  for (const id of ["outgoingCall", "callAnswered", "callEnded"]) await hubspot.app.locator(`#${id}`).click();
  await hubspot.waitFor("CALL_ENDED");
});

test("passes if the only finding is expected", async ({ hubspot }) => {
  hubspot.expectFindings(["ghost-call"]);
  await hubspot.dial();
  for (const id of ["outgoingCall", "callAnswered", "callEnded"]) await hubspot.app.locator(`#${id}`).click();
  await hubspot.waitFor("CALL_ENDED");
});

test.fail("fails if an expected finding is missing", async ({ hubspot }) => {
  hubspot.expectFindings(["ghost-call"]);
});

test.describe("options", () => {
  test.use({
    iframeLocation: "remote",
    usesCallingWindow: false,
    session: { portalId: 7, ownerId: 8 },
    answers: { OUTGOING_CALL_STARTED: "fail" },
  });
  test("applies the location, session and answers, and keeps the location, the session and the findings after a reload", async ({
    hubspot,
  }) => {
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
const log = "node_modules/hubspot-calling-app/src/testing/call.jsonl";
test.fail("fails if a message of a recorded call is missing", recordedCall(log, { userActions, timeout: 1000 }));

test("lists phone numbers for the help desk", async () => {
  const [url, secret] = ["https://app.example/webhook", "the app's client secret"];
  const numbers = [{ e164PhoneNumber: "+12025550100", friendlyName: "Sales" }];
  const webhook = createWebhook({ url, secret, phoneNumbers: () => numbers });

  const body = JSON.stringify({ appId: 1, portalId: 62515, userId: 9 });
  const timestamp = `${Date.now()}`;
  const signature = createHmac("sha256", secret).update(`POST${url}${body}${timestamp}`).digest("base64");
  const headers = {
    "content-type": "application/json",
    "x-hubspot-request-timestamp": timestamp,
    "x-hubspot-signature-v3": signature,
  };
  const response = await webhook(new Request(url, { method: "POST", headers, body }));
  expect(await response.json()).toEqual({ phoneNumbers: numbers });
});
