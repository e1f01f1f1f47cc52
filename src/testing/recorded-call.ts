import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import type { HubspotFixture } from "./hubspot-fixture.ts";
import type { UserActionsByMessage } from "./replay.ts";

/**
 * A test that replays a downloaded log: HubSpot's events are sent again, and the app has to send what it sent then.
 * @param file the log, as the simulator's page or the calling app's page downloads it
 * @param options `userActions` does what a person did then, by the type of the message that the app sent; `timeout`
 * (milliseconds, 10,000 by default) is how long each message is waited for
 * @example
 * test("a call is as it was", recordedCall("call.jsonl"));
 */
export function recordedCall(file: string, options: { userActions?: UserActionsByMessage; timeout?: number } = {}) {
  return async ({ hubspot }: { hubspot: HubspotFixture }): Promise<void> => {
    const differences = await hubspot.replay(readFileSync(file, "utf8"), options);
    expect(differences, "the app sends what it sent then").toEqual([]);
  };
}
