// What a session in its page does with calls that are wrong: by the clock, at the close, at an answer, under a flood.
import { expect, type StandIn, test } from "../../setup/stand-in.ts";
import { call, objectCoordinates } from "./contract-steps.ts";

/** Says initialized, and then only what the test posts. */
const app = `<!doctype html><title>Another app</title><script>
  addEventListener("message", ({ data, source, origin }) => {
    if (data.type !== "SYNC") return;
    const post = (message) => source.postMessage({ messageId: String(Math.random()), ...message }, origin);
    post({ ...data, type: "SYNC_ACK", version: "0.9.7" });
    post({ type: "INITIALIZED", data: { isLoggedIn: true } });
  });
</script>`;

async function post({ app }: StandIn, messages: [type: string, data?: unknown][]): Promise<void> {
  await app.locator("html").evaluate((_, all) => {
    for (const [type, data] of all) parent.postMessage({ type, data, messageId: "by hand" }, "*");
    parent.postMessage({ type: "LAST", messageId: "by hand" }, "*");
  }, messages);
}

test("END_CALL is waited for as long as it is set, and a call that it did not end is told once", async ({
  standIn,
  serve,
  page,
}) => {
  await page.clock.install();
  await standIn.ready({ app: await serve((response) => response.end(app)) });
  await post(standIn, [["OUTGOING_CALL_STARTED", call()]]);
  await standIn.sent("LAST");
  await standIn.send("END_CALL");
  await page.clock.fastForward(20_000);
  expect(await standIn.rules()).toEqual(["unknown-type"]);
  await page.clock.fastForward(10_000);
  await page.locator("#close").click();
  const about = await page.evaluate(() => {
    const { findings, messages } = window.hubspot;
    return findings().map(({ rule, severity, about = -1 }) => [rule, severity, messages()[about]?.type]);
  });
  expect(about).toEqual([
    ["unknown-type", "error", "LAST"],
    ["end-call-ignored", "error", "END_CALL"],
  ]);
});

test("a call that never ended is told at the close, of the message that started it; a reload ends nothing", async ({
  standIn,
  serve,
  page,
}) => {
  await standIn.ready({ app: await serve((response) => response.end(app)) });
  await post(standIn, [["OUTGOING_CALL_STARTED", call()]]);
  await standIn.sent("LAST");
  await page.locator("#reload").click();
  await page.getByRole("button", { name: "Reload all the same" }).click();
  const readies = async () => (await standIn.messages("hubspot")).filter(({ type }) => type === "READY").length;
  await expect.poll(readies).toBe(2);
  expect(await standIn.rules()).toEqual(["unknown-type"]);
  await page.evaluate(() => window.hubspot.close());
  const told = await page.evaluate(() => {
    const { findings, messages } = window.hubspot;
    return findings().map(({ rule, about = -1 }) => [rule, messages()[about]?.type]);
  });
  expect(told[1]).toEqual(["never-ended", "OUTGOING_CALL_STARTED"]);
});

test("what HubSpot does not have, it does not confirm, and nothing reloads", async ({ standIn, serve }) => {
  await standIn.ready({ app: await serve((response) => response.end(app)) });
  const ids = { externalCallId: "a", engagementId: 0 };
  await post(standIn, [
    ["CALL_COMPLETED", { ...ids, engagementProperties: { hs_call_body: "Notes" }, hideWidget: false }],
    ["FINALIZE_ENGAGEMENT", ids],
    ["PUBLISH_TO_CHANNEL", { ...ids, engagementId: 4711 }],
    ["NAVIGATE_TO_RECORD", { objectCoordinates: { ...objectCoordinates, objectId: 4711 } }],
    ["NAVIGATE_TO_RECORD", { objectCoordinates: { ...objectCoordinates, portalId: Number.NaN } }],
  ]);
  await standIn.sent("LAST");
  expect((await standIn.messages("hubspot")).map(({ type }) => type)).toEqual([
    "READY",
    "UPDATE_ENGAGEMENT_FAILED",
    "FINALIZE_ENGAGEMENT_FAILED",
    "PUBLISH_TO_CHANNEL_FAILED",
    "NAVIGATE_TO_RECORD_FAILED",
    "NAVIGATE_TO_RECORD_FAILED",
  ]);
});
