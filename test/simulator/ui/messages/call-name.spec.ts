import { formatTime } from "../../../../src/dom/format-time.ts";
import { callNameOf } from "../../../../src/simulator/ui/messages/call-name.ts";
import { expect, test } from "../../../support/simulator.ts";

test("names a finding's call by number, record and time", async ({ simulator, page }) => {
  await simulator.ready();
  await simulator.dial();
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await simulator.press("callEnded", "CALL_ENDED");
  await simulator.press("callAnswered", "CALL_ANSWERED");
  await simulator.tab("Findings");
  const [engagement] = await simulator.engagements();
  const finding = page.locator("#findings [data-rule=out-of-order]");
  await expect(finding.locator(".call")).toHaveText(
    `Call to ${engagement?.properties.hs_call_to_number} (Ada Lovelace) at ${formatTime(engagement?.createdAt ?? 0)}`,
  );
});

test("names no call for an id that cannot be converted to a string", () => {
  const engagement = {
    engagementId: 1,
    externalCallId: "a",
    direction: "OUTBOUND",
    state: "created",
    properties: {},
    createdAt: 0,
    ghost: false,
    duplicate: false,
  } as const;
  const nameFor = (externalCallId: unknown) =>
    callNameOf({ at: 0, from: "app", type: "CALL_ENDED", data: { externalCallId } }, [engagement], () => undefined);
  expect(nameFor("a")).toMatch(/^Call to no number at /);
  expect(nameFor({ toString: 1 })).toBeUndefined();
});
