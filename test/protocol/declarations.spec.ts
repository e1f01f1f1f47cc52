// The package's payload types are generated from the same definitions as the repository's types.
import { expect, test } from "@playwright/test";
import { declarations } from "../../src/protocol/declarations.ts";
import { inbound, outbound } from "../../src/protocol/messages.ts";

const text = declarations();

test("contain every message, event and handler", () => {
  for (const type of [...Object.keys(outbound), ...Object.keys(inbound)]) expect(text).toContain(`  ${type}: `);
  for (const { handler } of Object.values(inbound)) expect(text).toContain(`  ${handler}?: `);
});

test("contain types and documentation for fields of several kinds", () => {
  for (const lines of [
    "/** the number to call */\n    phoneNumber: string;",
    "/** the user's id as a record owner; a number or a string */\n    ownerId?: string | number;",
    'callEndStatus?: "COMPLETED" | "FAILED"',
    'callerIdMatches: {\n      callerIdType: "CONTACT" | "COMPANY";',
    '      /** required for recording and transcription */\n      hs_call_source?: "INTEGRATIONS_PLATFORM";',
    "      [property: string]: string | number | undefined;\n    };",
    '    type: "UNKNOWN_MESSAGE_TYPE";\n    data: unknown;',
    "  END_CALL: unknown;",
  ]) {
    expect(text).toContain(lines);
  }
  expect(text).not.toMatch(/: (object|picklist|union|exact_optional|array)\b/);
});
