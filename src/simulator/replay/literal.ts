/** Returns the value as one line of code. */
export const literal = (value: unknown) =>
  JSON.stringify(value, null, 1)
    .replace(/\n\s*/g, " ")
    .replace(/"(\w+)": /g, "$1: ")
    .replace(/\[ | \]/g, (bracket) => bracket.trim());
