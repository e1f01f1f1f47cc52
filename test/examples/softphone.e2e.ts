// Browser tests: the simulator loads the softphone as HubSpot does. playwright.config.ts starts the softphone's server.
import type { FrameLocator } from "@playwright/test";
import { expect, recordedCall, test } from "hubspot-calling-app/playwright";
import { answer, complete, hangUp, receiveCall } from "./softphone.actions.ts";

test("makes a call when the user dials in HubSpot", async ({ hubspot }) => {
  await hubspot.dial({ recordId: 51 });
  await hubspot.waitFor("OUTGOING_CALL_STARTED");
  for (const userAction of [answer, hangUp, complete]) await userAction(hubspot.app);
  await expect.poll(() => hubspot.engagements()).toMatchObject([{ state: "completed", direction: "OUTBOUND" }]);
});

test("receives a call, and keeps it when HubSpot reloads the page", async ({ hubspot }) => {
  await receiveCall(hubspot.app);
  await answer(hubspot.app);
  await hubspot.waitFor("CALL_ANSWERED");
  await hubspot.reload();
  for (const userAction of [hangUp, complete]) await userAction(hubspot.app);
  await expect.poll(() => hubspot.engagements()).toMatchObject([{ state: "completed", direction: "INBOUND" }]);
});

// call.jsonl is a log that the simulator's Download button saved. These user actions make the app send the log's messages.
const userActions: Record<string, (app: FrameLocator) => Promise<void>> = {
  CALL_ANSWERED: answer,
  CALL_ENDED: hangUp,
  CALL_COMPLETED: complete,
};
test("sends the messages that call.jsonl contains", recordedCall("call.jsonl", { userActions }));
