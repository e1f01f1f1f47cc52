// Correct and incorrect uses of the package. test/build-package.spec.ts type-checks this file in a separate project.
import { type Hubspot, startServer } from "hubspot-calling-app";
import { test } from "hubspot-calling-app/playwright";
import {
  type EventHandlers,
  eventHandlers,
  type Received,
  type Sent,
  type Unchecked,
} from "hubspot-calling-app/protocol";
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
test("has typed fixture methods", async ({ hubspot }) => {
  // @ts-expect-error unknown rule
  hubspot.expectFindings(["no-such-rule"]);
  const [first] = await hubspot.engagements();
  // @ts-expect-error an id is a number
  const id: string | undefined = first?.engagementId;
  await hubspot.waitFor(`${id}`);
});

export const numberOf = ({ phoneNumber }: Received<"DIAL_NUMBER">): string => phoneNumber;
// @ts-expect-error HubSpot sends no such field
export const noteOf = ({ note }: Received<"DIAL_NUMBER">) => note;
// @ts-expect-error before validation, the field may be missing
export const uncheckedNumberOf = ({ phoneNumber }: Unchecked<"DIAL_NUMBER">): string => phoneNumber;
export const ended: Sent<"CALL_ENDED"> = { externalCallId: "1", engagementId: 2, callEndStatus: "COMPLETED" };
export const completed: Sent<"CALL_COMPLETED"> = {
  externalCallId: "1",
  engagementProperties: { hs_timestamp: 1, hs_call_title: "Call", my_property: "any" },
};
// @ts-expect-error not a status
export const wronglyEnded: Sent<"CALL_ENDED"> = { externalCallId: "1", engagementId: 2, callEndStatus: "DONE" };

eventHandlers({
  onDialNumber: ({ phoneNumber, calleeInfo }) => [phoneNumber.trim(), calleeInfo.calleeId],
  onCallerIdMatchSucceeded: ({ callerIdMatches }) => callerIdMatches.map(({ objectCoordinates }) => objectCoordinates),
  onEndCall: () => {},
  defaultEventHandler: (_payload, { type }) => type.length,
});
// @ts-expect-error unknown handler
eventHandlers({ onDialledNumber: () => {} });
export const handlers: EventHandlers = {
  // @ts-expect-error the id is a number
  onCreateEngagementSucceeded: ({ engagementId }) => engagementId.trim(),
};
