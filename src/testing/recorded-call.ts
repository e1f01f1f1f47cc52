import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import type { HubspotFixture } from "./hubspot-fixture.ts";
import type { UserActionsByMessage } from "./replay.ts";

/**
 * Creates a test function that replays a log: it sends HubSpot's events again, and expects the app to send the same messages.
 * @param file path of a log from the simulator's Messages tab or from the package's calling app
 * @param options `userActions` contains functions, by message type, that make the app send its messages. `timeout` is the
 * time limit for each message in milliseconds, 10,000 by default
 * @returns the test function. It rejects with the first error from a user action, or with an Error if the messages differ or
 * a line of the file is not a log record
 * @example
 * test("the app sends the same messages as in the log", recordedCall("call.jsonl", {
 *   userActions: { CALL_ENDED: (app) => app.getByRole("button", { name: "Hang up" }).click() },
 * }));
 */
export function recordedCall(file: string, options: { userActions?: UserActionsByMessage; timeout?: number } = {}) {
  return async ({ hubspot }: { hubspot: Pick<HubspotFixture, "replay"> }): Promise<void> => {
    const differences = await hubspot.replay(readFileSync(file, "utf8"), options);
    expect(differences, "the app sends the same messages as in the log").toEqual([]);
  };
}
