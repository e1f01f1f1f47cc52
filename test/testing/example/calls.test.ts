import { createHmac } from "node:crypto";
import type { FrameLocator } from "@playwright/test";
import { expect, recordedCall, test } from "hubspot-calling-app/playwright";
import { createWebhook } from "hubspot-calling-app/webhook";

// APP_URL is your app's URL, for example http://localhost:3000/. Without it, the tests use the package's calling app.
test.use({ app: process.env.APP_URL });

// Replace these ids with your app's button ids.
const press = (id: string) => (app: FrameLocator) => app.locator(`#${id}`).click();
const userActions = {
  OUTGOING_CALL_STARTED: press("outgoingCall"),
  CALL_ANSWERED: press("callAnswered"),
  CALL_ENDED: press("callEnded"),
  CALL_COMPLETED: press("callCompleted"),
};

test("logs a call", async ({ hubspot }) => {
  await hubspot.dial({ recordId: 51 });
  for (const userAction of Object.values(userActions)) await userAction(hubspot.app);
  await expect.poll(() => hubspot.engagements()).toMatchObject([{ state: "completed" }]);
});

// Replace call.jsonl with your app's log: press Download in the simulator's Messages tab.
test("sends the same messages as in call.jsonl", recordedCall("call.jsonl", { userActions }));

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
