// Random messages from an app, some of them valid.
import { outbound } from "../../src/protocol/messages.ts";
import type { chance } from "./random.ts";
import { call, objectCoordinates } from "./rule-steps.ts";

/** A failed test's error message contains the seed. `SEED=… npx playwright test …` repeats the same sessions. */
export const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
export const sessions = 200;

const types = [...Object.keys(outbound), "DIAL", "__proto__"];
const callTypes = ["OUTGOING_CALL_STARTED", "INCOMING_CALL", "CALL_ANSWERED", "CALL_ENDED", "CALL_COMPLETED"];
const unusual: unknown[] = [
  null,
  undefined,
  Number.NaN,
  0,
  -1,
  1n,
  "",
  "a",
  "null",
  true,
  {},
  [],
  ["a"],
  { toString: 1 },
  new Map(),
];

/** Values for the ids and the URL. */
type Known = { externalCallIds?: readonly string[]; engagementIds: readonly unknown[]; iFrameUrl?: string };
export type Sent = { type: string; data: unknown };

/** Returns a random message. Up to three of its fields are missing or unusual, or its payload is unusual. A third of the messages can have any type. */
export function anything({ below, pick }: ReturnType<typeof chance>, known: Known): Sent {
  const { externalCallIds = ["a", "b", "c"], engagementIds, iFrameUrl = "http://localhost:3000/" } = known;
  const fields: { [name: string]: unknown } = {
    ...call(pick(externalCallIds)),
    engagementId: pick([...engagementIds, 0]),
    isLoggedIn: true,
    callEndStatus: pick(["COMPLETED", "BUSY", "INTERNAL_COMPLETED"]),
    engagementProperties: { hs_call_body: "Notes", hs_call_duration: pick(["5", "5000"]) },
    objectCoordinates,
    message: "Text",
    iFrameUrl,
  };
  for (let count = below(4); count > 0; count--) {
    const name = pick(Object.keys(fields));
    if (below(2)) delete fields[name];
    else fields[name] = pick(unusual);
  }
  const data = below(12) ? fields : pick(unusual);
  return { type: below(3) ? pick(callTypes) : pick(types), data };
}
