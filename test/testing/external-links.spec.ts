// The fixture's browser does not open other programs, so a sip: address must not replace the app's page.
import { expect, test as fixture } from "../../src/testing/playwright.ts";
import { softphone } from "../support/faulty-softphone.ts";
import { serve } from "../support/serve.ts";
import { simulatorUrl } from "../support/simulator.ts";

const test = fixture.extend<object, { hubspotServer: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to find the fixtures that this one needs.
  hubspotServer: [async ({}, use) => use(simulatorUrl), { scope: "worker" }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern, as above.
  app: async ({}, use) => use(await serve((_, response) => response.end(softphone("opens a sip: address")))),
});
test.use({ actionTimeout: 5000 });

test("keeps the app's page if the app opens a sip: address", async ({ hubspot }) => {
  await hubspot.dial({ phoneNumber: "+18005550151" });
  for (const name of ["Call", "Answer", "Hang up", "Complete"]) await hubspot.app.getByRole("button", { name }).click();
  await hubspot.waitFor("CALL_COMPLETED");
  expect(await hubspot.engagements()).toMatchObject([{ state: "completed" }]);
});
