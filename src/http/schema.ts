// Schemas for JSON that comes from outside. The messages follow the name of the field.
import * as v from "valibot";

/** valibot's own object schemas accept lists too. */
export const anyObject = v.custom<object>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "must be an object",
);

/** An object with these fields and no others. */
export const object = <E extends v.ObjectEntries>(entries: E) =>
  v.pipe(
    anyObject,
    v.strictObject(entries, ({ expected }) =>
      expected === "never" ? `is not known here; known: ${Object.keys(entries).join(", ")}` : "is missing",
    ),
  );

/** Whether a text is a point in time in ISO 8601, with its time zone. */
export const isTime = (text: string) =>
  /^\d{4}-\d\d-\d\dT\S+(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));
