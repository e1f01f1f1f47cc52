import { createHmac } from "node:crypto";
import { expect, test } from "hubspot-calling-app/playwright";
import { createWebhook } from "hubspot-calling-app/webhook";

// Your app, as http://localhost:3000/. Without one, it is the calling app of the package.
test.use({ app: process.env.APP_URL });

test("a call is logged", async ({ hubspot }) => {
  await hubspot.dial({ recordId: 51 });
  // What a person does: here are the buttons of your app.
  for (const id of ["outgoingCall", "callAnswered", "callEnded", "callCompleted"]) {
    await hubspot.app.locator(`#${id}`).click();
  }
  await expect.poll(() => hubspot.engagements()).toMatchObject([{ state: "completed" }]);
});

test("the help desk is given the numbers", async () => {
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
