import { expect, type Host, test } from "../support/host.ts";

const state = (host: Host) => host.app.locator("#callState");
const next = (host: Host) => host.app.locator("#call [aria-current=step]");

/** Buttons and events, each with the resulting state and the button that is highlighted next. */
const steps: [name: string, kind: "button" | "event", state: string, next: string][] = [
  ["DIAL_NUMBER", "event", "dialing", "outgoingCall"],
  ["outgoingCall", "button", "ringing", "callAnswered"],
  ["CREATE_ENGAGEMENT_SUCCEEDED", "event", "ringing", "callAnswered"],
  ["callAnswered", "button", "answered", "callEnded"],
  ["callTransferred", "button", "answered", "callEnded"],
  ["END_CALL", "event", "ended", "callCompleted"],
  ["callCompleted", "button", "completed", "outgoingCall"],
  ["incomingCall", "button", "ringing", "callAnswered"],
  ["toString", "event", "ringing", "callAnswered"],
];

test("shows the call state after each message and event, highlights the button that usually comes next, and keeps the call state when HubSpot reloads the page", async ({
  host,
}) => {
  await host.open();
  await expect(state(host)).toHaveText("idle");
  await expect(host.app.locator("#number")).toHaveText("No call");
  await expect(next(host)).toHaveText("outgoingCall");
  for (const [name, kind, callState, button] of steps) {
    if (kind === "event") await host.send(name, { phoneNumber: "+18005550151", engagementId: 5 });
    else await host.app.locator(`#${name}`).click();
    await expect(state(host), name).toHaveText(callState);
    await expect(state(host), name).toHaveAttribute("data-state", callState);
    await expect(next(host), name).toHaveText([button]);
    await expect(host.app.locator("#callTime")).toHaveText(/^\d\d:\d\d:\d\d/);
  }
  await host.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 5 });
  await expect(host.field("engagementId")).toHaveValue("5");
  await host.app.locator("#callAnswered").click();
  await expect(state(host)).toHaveText("answered");
  await host.open({ engagementId: 5 });
  await expect(state(host)).toHaveText("answered");
});

test("shows the other party's number, and how long the call lasted", async ({ host, page }) => {
  await page.clock.install();
  await host.open();
  const number = host.app.locator("#number");
  await host.app.locator("#incomingCall").click();
  await expect(number).toHaveText(await host.field("fromNumber").inputValue());
  await host.app.locator("#callAnswered").click();
  await page.clock.fastForward("01:30");
  await host.app.locator("#callEnded").click();
  await expect(host.app.locator("#callTime")).toHaveText(/, 1 min 3\d s$/);
  await host.app.locator("#callAnswered").click();
  await expect(host.app.locator("#callTime"), "the call is in progress again").toHaveText(/^\d\d:\d\d:\d\d$/);
  await host.send("DIAL_NUMBER", { phoneNumber: "+18005550199" });
  await expect(number).toHaveText("+18005550199");
  await host.field("toNumber").fill("+18005550198");
  await expect(number, "the edited number").toHaveText("+18005550198");
});

test("keeps the call state if a message is not sent", async ({ page }) => {
  await page.goto("/");
  const callState = page.locator("#callState");
  await expect(callState).toHaveAttribute("data-state", "idle");
  await page.locator("#outgoingCall").click();
  await expect(page.locator("#log [data-type=OUTGOING_CALL_STARTED]")).toHaveCount(1);
  await expect(callState).toHaveText("idle");
  await expect(callState).toHaveAttribute("data-state", "idle");
});
