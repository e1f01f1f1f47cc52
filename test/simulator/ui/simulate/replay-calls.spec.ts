// Replays with several calls: the ids of this run's calls differ from the ids in the log.
import { formatTime } from "../../../../src/dom/format-time.ts";
import { expect, type Simulator, test } from "../../../support/simulator.ts";
import { severalCallsPage } from "../../../support/softphone.ts";

const ada = "+18005550151";
const charles = "+442079460301";

const press = (simulator: Simulator, number: string, name: string) =>
  simulator.app.getByRole("listitem").filter({ hasText: number }).getByRole("button", { name }).click();

/** Makes two calls at once, and hangs up the first in the call bar. Returns the log. */
async function makeTwoCalls(simulator: Simulator): Promise<Buffer> {
  const { page } = simulator;
  await simulator.dial();
  await simulator.sent("OUTGOING_CALL_STARTED");
  await press(simulator, ada, "Connected");
  await simulator.app.getByRole("button", { name: "Simulate an incoming call" }).click();
  await simulator.sent("INCOMING_CALL");
  await press(simulator, charles, "Answer");
  await page.locator("#calls").getByRole("button", { name: "Hang up" }).last().click();
  await simulator.sent("CALL_ENDED");
  await press(simulator, ada, "Save");
  await press(simulator, charles, "Hang up");
  await press(simulator, charles, "Save");
  for (const _ of ["Ada's call", "Charles's call"]) await simulator.sent("CALL_COMPLETED");
  const messages = await page.evaluate(() => window.hubspot.messages());
  const endCall = messages.find(({ type }) => type === "END_CALL");
  expect(endCall?.data).toMatchObject({ externalCallId: expect.any(String), engagementId: expect.any(Number) });
  return Buffer.from(messages.map((message) => `${JSON.stringify(message)}\n`).join(""));
}

test("replays a log with two calls, and ends this run's call", async ({ simulator, serve, page }) => {
  await simulator.ready({ app: await serve((response) => response.end(severalCallsPage)) });
  const buffer = await makeTwoCalls(simulator);
  const recorded = await simulator.engagements();
  const result = page.locator("#replayResult");

  await simulator.tab("Replay");
  await page.locator("#replayFile").setInputFiles({ name: "log.jsonl", mimeType: "application/jsonl", buffer });
  await expect(result).toHaveText(/^Waiting for CALL_ANSWERED/);
  await press(simulator, ada, "Connected");
  await expect(result).toHaveText(/^Waiting for INCOMING_CALL/);
  await simulator.app.getByRole("button", { name: "Simulate an incoming call" }).click();
  await expect(result).toHaveText(/^Waiting for CALL_ANSWERED/);
  await press(simulator, charles, "Answer");
  await expect(result).toHaveText(/^Waiting for CALL_COMPLETED/);
  await press(simulator, ada, "Save");
  await expect(result).toHaveText(/^Waiting for CALL_ENDED/);
  await press(simulator, charles, "Hang up");
  await expect(result).toHaveText(/^Waiting for CALL_COMPLETED/);
  await press(simulator, charles, "Save");
  await expect(result).toHaveText("9 of 9 messages match.");
  expect(await simulator.findings()).toEqual([]);
  expect(await simulator.engagements()).toEqual(recorded);
});

test("names the replayed call, with its own time, in a finding", async ({ simulator, page }) => {
  await simulator.ready();
  const log = [
    {
      from: "hubspot",
      type: "DIAL_NUMBER",
      data: { phoneNumber: ada, calleeInfo: { calleeId: 51, calleeObjectTypeId: "0-1" } },
    },
    { from: "app", type: "OUTGOING_CALL_STARTED", data: { externalCallId: "A" } },
    { from: "hubspot", type: "CREATE_ENGAGEMENT_SUCCEEDED", data: { engagementId: 4711 } },
    { from: "app", type: "CALL_ANSWERED", data: { externalCallId: "A" } },
    { from: "app", type: "CALL_ANSWERED", data: { externalCallId: "A" } },
  ];
  const text = log.map((line) => `${JSON.stringify({ at: 1, ...line })}\n`).join("");
  const replayed = page.evaluate((text) => window.hubspot.replay(text, { here: true, timeout: 60_000 }), text);
  await expect(simulator.app.locator("[name=toNumber]")).toHaveValue(ada);
  const { at } = await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  for (const _ of ["once", "twice"]) await simulator.press("callAnswered", "CALL_ANSWERED");
  await replayed;
  await simulator.tab("Findings");
  const finding = page.locator("#findings > li").filter({ hasText: "out-of-order" });
  await expect(finding.locator(".call")).toHaveText(`Call to ${ada} (Ada Lovelace) at ${formatTime(at)}`);
});
