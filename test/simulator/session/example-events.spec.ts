import { expect, test } from "@playwright/test";
import * as v from "valibot";
import { inbound } from "../../../src/protocol/messages.ts";
import { examples, knownBad } from "../../../src/simulator/session/example-events.ts";

for (const [type, { data: schema }] of Object.entries(inbound)) {
  test(`has a valid example of ${type}`, () => {
    const example = Object.entries(examples).find(([name]) => name === type);
    expect(v.safeParse(schema, example?.[1]).issues).toBeUndefined();
  });
}

test("has every field of DIAL_NUMBER (except threadId), VISIBILITY_CHANGED and NAVIGATE_TO_RECORD_FAILED", () => {
  for (const type of ["DIAL_NUMBER", "VISIBILITY_CHANGED", "NAVIGATE_TO_RECORD_FAILED"] as const) {
    const fields = Object.keys(inbound[type].data.entries).filter((field) => field !== "threadId"); // sent only outside a record page
    expect(Object.keys(Object(examples[type])), type).toEqual(fields);
  }
});

test("has a name, a source, and data that JSON can represent for each known bad payload", () => {
  for (const [name, { type, data, source }] of Object.entries(knownBad)) {
    expect(JSON.parse(JSON.stringify({ type, data })), name).toEqual({ type, data });
    expect(name).not.toBe("");
    expect(source, name).toMatch(/\w{3,} \w+/);
  }
});
