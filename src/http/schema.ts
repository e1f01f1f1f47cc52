// Schemas for untrusted JSON. Each error message follows a field name, as in `settings: must be an object`.
import * as v from "valibot";

/** valibot's own object schemas also accept arrays. */
export const anyObject = v.custom<object>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "must be an object",
);

export const object = <E extends v.ObjectEntries>(entries: E) =>
  v.pipe(
    anyObject,
    v.strictObject(entries, ({ expected }) =>
      expected === "never" ? `is not a known field; use one of ${Object.keys(entries).join(", ")}` : "is missing",
    ),
  );

/** Whether the text is an ISO 8601 date and time with a time zone. */
export const isTime = (text: string) =>
  /^\d{4}-\d\d-\d\dT\S+(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)) && isDate(text.slice(0, 10));

/** Date.parse accepts February 30, and returns March 2. */
const isDate = (text: string) => new Date(text).toISOString().startsWith(text);
