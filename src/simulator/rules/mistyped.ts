/** Whether the rule `wrong-type` reports an error for this value of a boolean field. It only warns about null and undefined. */
export function isMistypedBoolean(value: unknown): boolean {
  return typeof value !== "boolean" && value !== undefined && value !== null;
}
