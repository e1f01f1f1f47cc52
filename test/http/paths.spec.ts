import { expect, test } from "@playwright/test";
import { callingPath, callsPath, versions } from "../../src/http/paths.ts";

test("builds the paths for each API version", () => {
  const paths = versions.map((version) => [version, callingPath(version), callsPath(version)]);
  expect(paths).toEqual([
    ["2026-03", "/crm/extensions/calling/2026-03", "/crm/objects/2026-03/calls"],
    ["2026-09", "/crm/extensions/calling/2026-09", "/crm/objects/2026-09/calls"],
    ["2025-09", "/crm/extensions/calling/2025-09", "/crm/objects/2025-09/calls"],
    ["v3", "/crm/v3/extensions/calling", "/crm/v3/objects/calls"],
  ]);
});
