/**
 * Whether the rule `wrong-type` reports an error for this value of an optional boolean field. For null and undefined, it reports
 * a warning.
 */
export function isNonBoolean(value: unknown): boolean {
  return typeof value !== "boolean" && value !== undefined && value !== null;
}
