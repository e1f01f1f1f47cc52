// The timeline: a card for each engagement, which tells whose call it is and how far it has come.
import { expect, test } from "../../setup/stand-in.ts";

test("a call has its record's name, number, direction, steps and duration, and a button that hangs up while it runs", async ({
  standIn,
  page,
}) => {
  await standIn.ready();
  await standIn.dial({ recordId: 101, phoneNumber: "+442079460102" });
  await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await standIn.tab("Timeline");
  const call = page.locator("#engagements > li");
  await expect(call).toContainText("↗ Outbound");
  await expect(call.locator("b")).toHaveText("Analytical Engines");
  await expect(call.locator(".number")).toHaveText("+442079460102");
  const steps = (state: string) => call.locator(`[data-step=${state}]`);
  await expect(steps("done")).toHaveText(["started"]);
  await standIn.press("callAnswered", "CALL_ANSWERED");
  await expect(steps("done")).toHaveText(["started", "answered"]);
  await page.getByRole("button", { name: "Hang up" }).click();
  await standIn.sent("CALL_ENDED");
  await expect(steps("done")).toHaveText(["started", "answered", "ended"]);
  await expect(page.getByRole("button", { name: "Hang up" })).toHaveCount(0);
  await standIn.press("callCompleted", "CALL_COMPLETED");
  await expect(steps("open")).toHaveCount(0);
  await expect(call.locator(".number")).toHaveText(/^\+442079460102 · \d+ s$/);
});

test("a call that nobody answered says so, and of many calls only the one that changed is made anew", async ({
  standIn,
  page,
}) => {
  await standIn.open();
  await page.evaluate(() => {
    const calls = Array.from({ length: 200 }, (_, n) => ({
      engagementId: n + 1,
      externalCallId: `call ${n}`,
      direction: n % 2 ? "INBOUND" : "OUTBOUND",
      state: "completed",
      properties: { hs_call_to_number: "+18005550151", hs_call_status: "NO_ANSWER", hs_call_duration: "65000" },
      createdAt: n * 1000,
      ghost: false,
      duplicate: false,
    }));
    localStorage.setItem("engagements", JSON.stringify(calls));
    dispatchEvent(new StorageEvent("storage"));
  });
  await standIn.tab("Timeline");
  const cards = page.locator("#engagements > li");
  await expect(cards).toHaveCount(200);
  await expect(cards.first(), "the newest first").toHaveAttribute("data-engagement", "200");
  await expect(cards.last().locator("[data-step=skipped]")).toHaveText("not answered");
  await expect(cards.last().locator(".number")).toHaveText("+18005550151 · 1 min 5 s");
  await expect(page.locator("#timelineTab .count")).toHaveText("200");
  await page.evaluate(() => {
    for (const card of document.querySelectorAll("#engagements > li")) card.setAttribute("data-was", "here");
    const calls = JSON.parse(localStorage.getItem("engagements") ?? "[]");
    calls[100].ghost = true;
    localStorage.setItem("engagements", JSON.stringify(calls));
    dispatchEvent(new StorageEvent("storage"));
  });
  await expect(page.locator("#engagements em")).toHaveText(["ghost call"]);
  await expect(page.locator("#engagements > [data-was]")).toHaveCount(199);
});
