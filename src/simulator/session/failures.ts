/** Labels for the findings after which the app will not become ready. */
export const failures = new Map([
  ["no-answer", "No answer"],
  ["not-initialized", "Not initialized"],
]);
