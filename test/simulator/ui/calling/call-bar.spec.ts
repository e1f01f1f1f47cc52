import type { Page } from "@playwright/test";
import { expect, initialize, minimalApp, type Simulator, test } from "../../../support/simulator.ts";

/** An app that sends what the test passes to `say`. It does not answer END_CALL. */
const app = minimalApp(`window.say = (type, data) => post({ type, data }); ${initialize}`);

async function say(simulator: Simulator, type: string, data: object): Promise<void> {
  await simulator.app.locator("html").evaluate(
    (_, message) => {
      Reflect.get(window, "say")(...message);
    },
    [type, data] as const,
  );
  await simulator.sent(type);
}

const numbers = { fromNumber: "+18005550101", toNumber: "+18005550151" };
const start = (externalCallId: string, other: object = {}) => {
  return { externalCallId, ...numbers, createEngagement: true, ...other };
};
const rows = (page: Page) => page.getByRole("list", { name: "Calls in progress" }).getByRole("listitem");
const endCalls = async (simulator: Simulator) =>
  (await simulator.messages("hubspot")).filter(({ type }) => type === "END_CALL").map(({ data }) => data);

test("shows which call is active and which is waiting, ends either, and ends a call without an engagement", async ({
  simulator,
  page,
  serve,
}) => {
  await simulator.ready({ app: await serve((response) => response.end(app)) });
  await say(simulator, "OUTGOING_CALL_STARTED", start("a"));
  await expect(rows(page)).toHaveText([/^Call to Ada Lovelacestarted/]);
  await say(simulator, "CALL_ANSWERED", { externalCallId: "a" });
  const hangUp = rows(page).last().getByRole("button", { name: "Hang up" });
  const place = await hangUp.boundingBox();
  await say(simulator, "INCOMING_CALL", start("b", { fromNumber: "+18005550102" }));
  await expect(rows(page)).toHaveText([/^Call from \+18005550102started, waiting/, /answered, active/]);
  expect(await hangUp.boundingBox(), "a new call does not move the other call's button").toEqual(place);
  const [first, second] = (await simulator.engagements()).map(({ engagementId }) => engagementId);
  await page.reload();
  await page.evaluate(() => window.hubspot.ready);
  await expect(rows(page), "the same order after a reload").toHaveText([/started, waiting/, /answered, active/]);

  await rows(page).first().getByRole("button", { name: "Hang up" }).click();
  await expect(rows(page)).toHaveText([/Waiting for CALL_ENDED \(callEnded\)/, /answered, active/]);
  expect(await endCalls(simulator)).toEqual([{ externalCallId: "b", engagementId: second }]);
  const rejected = { externalCallId: "b", engagementId: second, callEndStatus: "REJECTED" };
  await say(simulator, "CALL_ENDED", rejected);
  await page.mouse.move(0, 0);
  await expect(rows(page)).toHaveText([/^Call to Ada Lovelaceanswered/]);
  await say(simulator, "CALL_COMPLETED", { ...rejected, hideWidget: false });
  await page.reload();
  await page.evaluate(() => window.hubspot.ready);
  const ready = (await simulator.messages("hubspot")).find(({ type }) => type === "READY");
  expect(ready?.data).toMatchObject({ engagementId: first });

  await rows(page).getByRole("button", { name: "Hang up" }).click();
  await say(simulator, "CALL_ENDED", { externalCallId: "a", engagementId: first, callEndStatus: "COMPLETED" });
  await expect(rows(page)).toHaveCount(0);
  expect(await endCalls(simulator), "without ids, if only one call is in progress").toEqual([undefined]);
  expect(await simulator.findings()).toEqual([]);

  await say(simulator, "OUTGOING_CALL_STARTED", start("c", { createEngagement: false }));
  await expect(rows(page)).toHaveText([/^Call to \+18005550151started/]);
  await rows(page).getByRole("button", { name: "Hang up" }).click();
  expect(await endCalls(simulator)).toHaveLength(2);
  await say(simulator, "CALL_ENDED", { externalCallId: "c", callEndStatus: "CANCELED" });
  await expect(rows(page)).toHaveCount(0);
});

test("keeps the row of an ended call in its place for a moment and while the pointer is over the bar, so that a second click does not end the other call", async ({
  simulator,
  page,
  serve,
}) => {
  await simulator.ready({ app: await serve((response) => response.end(app)) });
  await say(simulator, "OUTGOING_CALL_STARTED", start("a"));
  await say(simulator, "INCOMING_CALL", start("b", { fromNumber: "+18005550102" }));
  await expect(rows(page)).toHaveCount(2);
  const now = Date.now();
  await page.clock.setFixedTime(now);
  const button = await rows(page).last().getByRole("button").boundingBox();
  const { x = Number.NaN, y = Number.NaN } = button ?? {};
  await page.mouse.click(x + 4, y + 4);
  const [{ data: ids } = {}] = (await simulator.messages("hubspot")).filter(({ type }) => type === "END_CALL");
  await say(simulator, "CALL_ENDED", { ...Object(ids), callEndStatus: "CANCELED" });
  await expect(rows(page)).toHaveText([/^Call from \+18005550102started/, /^Call to Ada Lovelaceended$/]);
  await page.mouse.click(x + 4, y + 4);
  expect(await endCalls(simulator)).toHaveLength(1);
  await page.clock.setFixedTime(now + 60_000);
  await say(simulator, "CALL_ANSWERED", { externalCallId: "b" });
  await expect(rows(page)).toHaveText([/^Call from \+18005550102answered/, /^Call to Ada Lovelaceended$/]);
  await page.mouse.move(0, 0);
  await expect(rows(page)).toHaveText([/^Call from \+18005550102answered/]);
});

test("shows that it waits for CALL_ENDED, also on the timeline, until the time limit expires", async ({
  simulator,
  page,
  serve,
}) => {
  await page.clock.install();
  await simulator.ready({ app: await serve((response) => response.end(app)) });
  await say(simulator, "OUTGOING_CALL_STARTED", start("a"));
  await simulator.tab("Timeline");
  const entry = page.locator("#engagements > li");
  await entry.getByRole("button", { name: "Hang up" }).click();
  await expect(entry.getByRole("status")).toHaveText("Waiting for CALL_ENDED (callEnded)");
  await expect(rows(page).getByRole("status")).toHaveText("Waiting for CALL_ENDED (callEnded)");
  await expect(rows(page).getByRole("button")).toHaveCount(0);
  await page.clock.fastForward(30_000);
  await expect(rows(page).getByRole("button", { name: "Hang up" })).toBeVisible();
  await expect(entry.getByRole("button", { name: "Hang up" })).toBeVisible();
  expect(await simulator.rules()).toEqual(["end-call-ignored"]);
});
