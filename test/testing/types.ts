// Correct and incorrect uses of the package. package.spec.ts type-checks this file in a separate project.
import { type Hubspot, startServer } from "hubspot-calling-app";
import { test } from "hubspot-calling-app/playwright";
import { createWebhook, verifySignature } from "hubspot-calling-app/webhook";

export const dial = (): Promise<void> => window.hubspot.dial({ recordId: 51 });
// @ts-expect-error an id is a number
export const dialWrongly = (hubspot: Hubspot) => hubspot.dial({ recordId: "51" });
// @ts-expect-error a port is a number
export const startWrongly = () => startServer({ port: "80" });
// @ts-expect-error the secret is missing
export const webhook = () => createWebhook({ url: "https://app.example/", phoneNumbers: () => [] });
export async function reasonOf(headers: Record<string, string | string[] | undefined>): Promise<string | undefined> {
  const request = { method: "GET", url: "https://app.example/card?userId=9", headers, secret: "secret" };
  const result = await verifySignature(request);
  // @ts-expect-error a valid request has no reason
  console.log(result.reason);
  return result.valid ? undefined : result.reason;
}

test.use({ answers: { OUTGOING_CALL_STARTED: { how: "never" } } });
// @ts-expect-error unknown location
test.use({ iframeLocation: "elsewhere" });
test("types", async ({ hubspot }) => {
  // @ts-expect-error unknown rule
  hubspot.expectFindings(["no-such-rule"]);
  const [first] = await hubspot.engagements();
  // @ts-expect-error an id is a number
  const id: string | undefined = first?.engagementId;
  await hubspot.waitFor(`${id}`);
});
