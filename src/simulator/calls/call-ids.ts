// The two ids of a call: the app's externalCallId, and HubSpot's engagementId. The app may send values of any type.
import { fieldsOf, textOf } from "../../protocol/fields.ts";

/** Returns the externalCallId as a string, or "" if the value cannot be an id. */
export function externalCallIdOf(externalCallId: unknown): string {
  const isName = typeof externalCallId === "string" || Number.isFinite(externalCallId);
  return isName ? textOf(externalCallId) : "";
}

/** Returns the engagementId as a number, even if the app sent a string. Returns undefined if the value cannot be an id. */
export function engagementIdOf(value: unknown): number | undefined {
  const isId = Number.isSafeInteger(value) || (typeof value === "string" && /^\d{1,15}$/.test(value));
  return isId ? Number(value) : undefined;
}

/** Whether the payload contains a call's id. */
export function hasCallId(data: unknown): boolean {
  const { externalCallId, engagementId } = fieldsOf(data);
  return externalCallIdOf(externalCallId) !== "" || engagementIdOf(engagementId) !== undefined;
}

/** Returns the last call with this externalCallId. */
export function withExternalCallId<C extends { externalCallId: string }>(
  calls: readonly C[],
  name: string,
): C | undefined {
  return name === "" ? undefined : calls.findLast((call) => call.externalCallId === name);
}

/** Returns the last call with this engagementId. */
export function withEngagementId<C extends { engagementId?: number }>(
  calls: readonly C[],
  id: number | undefined,
): C | undefined {
  return id === undefined ? undefined : calls.findLast((call) => call.engagementId === id);
}
