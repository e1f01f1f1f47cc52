// An engagement is a call as the CRM stores it. The page's storage, the API and the timeline share these fields.
import * as v from "valibot";
import { callStates } from "../../protocol/call-states.ts";

const oneOf = <const Names extends readonly string[]>(names: Names) =>
  v.picklist(names, `must be one of ${names.join(", ")}`);

/** A positive int64 that a JavaScript number can represent exactly. */
export const int64 = v.pipe(
  v.number("must be a whole number"),
  v.safeInteger("must be a whole number"),
  v.minValue(1, "must be at least 1"),
);
export const milliseconds = v.pipe(
  v.number("must be a Unix time in milliseconds"),
  v.integer("must be a Unix time in milliseconds"),
  v.minValue(0, "must be a Unix time in milliseconds"),
  v.maxValue(8.64e15, "must be a Unix time in milliseconds"), // the latest time that a Date can represent
);
export const texts = v.record(v.string(), v.string("must be a string"), "must be an object");

export const engagementEntries = {
  engagementId: int64,
  externalCallId: v.string("must be a string"),
  direction: oneOf(["INBOUND", "OUTBOUND"]),
  state: oneOf(callStates),
  properties: texts,
  createdAt: milliseconds,
  /**
   * The calling app that has the call. If the API created the call, the app is unknown until an app changes the call's state
   * or makes the call its tab's current call.
   */
  app: v.exactOptional(v.strictObject({ name: v.string("must be a string"), url: v.string("must be a string") })),
  /** The record whose timeline shows the call; missing if the call has no known record. */
  record: v.exactOptional(
    v.strictObject({ objectTypeId: v.string("must be a string"), objectId: v.number("must be a number") }),
  ),
};

export const engagementSchema = v.object({
  ...engagementEntries,
  /** Whether the app sent callAnswered. Undefined for a call that the API created, until an app sends callAnswered. */
  answered: v.exactOptional(v.boolean()),
  /** The states that an app has reported for a call that the API created. */
  reportedSteps: v.exactOptional(v.array(oneOf(callStates))),
  /** The call has ended, but another call started or the app was closed before the app sent callCompleted. */
  ghost: v.boolean(),
  /** HubSpot's last reply to callCompleted was UPDATE_ENGAGEMENT_FAILED. */
  updateFailed: v.exactOptional(v.boolean()),
  /** An earlier engagement has the same externalCallId. */
  duplicate: v.boolean(),
});
export const engagements = v.array(engagementSchema);
export type Engagement = v.InferOutput<typeof engagementSchema>;
export type CallIds = Pick<Engagement, "engagementId" | "externalCallId">;
/** An engagement that the API created or changed. */
export type StoredCall = Omit<Engagement, "answered" | "reportedSteps" | "ghost" | "updateFailed" | "duplicate">;
