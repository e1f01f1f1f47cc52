// A call on the timeline as the CRM stores it: an engagement. One schema for the page's storage, the API and the timeline.
import * as v from "valibot";
import { callStates } from "../../protocol/call-states.ts";

const oneOf = <const Names extends readonly string[]>(names: Names) =>
  v.picklist(names, `must be one of ${names.join(", ")}`);

/** An int64 of the API, from 1, as far as a JSON number can hold it. */
export const int64 = v.pipe(
  v.number("must be a whole number"),
  v.safeInteger("must be a whole number"),
  v.minValue(1, "must be above 0"),
);
export const milliseconds = v.pipe(
  v.number("must be milliseconds since 1970"),
  v.integer("must be milliseconds since 1970"),
  v.minValue(0, "must be milliseconds since 1970"),
  v.maxValue(8.64e15, "must be milliseconds since 1970"), // the last time that a Date can hold
);
export const texts = v.record(v.string(), v.string("must be text"), "must be an object");

/** What the page and the API have in common. */
export const engagementEntries = {
  engagementId: int64,
  /** The app's id for the call; "" if the app did not send one. */
  externalCallId: v.string("must be text"),
  direction: oneOf(["INBOUND", "OUTBOUND"]),
  state: oneOf(callStates),
  properties: texts,
  createdAt: milliseconds,
  /** The record on whose timeline the API created it. */
  record: v.exactOptional(
    v.strictObject({ objectTypeId: v.string("must be text"), objectId: v.number("must be a number") }),
  ),
};

const engagement = v.object({
  ...engagementEntries,
  /** Whether the app sent callAnswered. Unknown for a call that the API created. */
  answered: v.exactOptional(v.boolean()),
  /** It ended, it was not completed, and it is too late now. */
  ghost: v.boolean(),
  /** Its call already had an engagement. */
  duplicate: v.boolean(),
});
export const engagements = v.array(engagement);
export type Engagement = v.InferOutput<typeof engagement>;
/** What the CRM tells the page about an engagement that the API created or changed. */
export type StoredCall = Omit<Engagement, "answered" | "ghost" | "duplicate">;
