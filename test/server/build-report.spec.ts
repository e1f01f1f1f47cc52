import { expect, test } from "@playwright/test";
import { type Build, createBuildReport } from "../../src/server/build-report.ts";

const failed: Build = { errors: [{ at: "src/dom/log.ts:1:15", text: "Unexpected", source: "" }] };

function openReport() {
  const sent: unknown[] = [];
  const printed: string[] = [];
  const report = createBuildReport((builds) => sent.push(JSON.parse(builds)), {
    error: (text) => printed.push(`error: ${text}`),
    log: (text) => printed.push(text),
  });
  return { report, sent, printed };
}

test("prints an error only once if it breaks both pages, and reports success only when both pages build again", () => {
  const { report, printed } = openReport();
  for (const page of ["app", "simulator"]) report(page, { id: "1", errors: [] });
  expect(printed).toEqual([]);
  for (const page of ["app", "simulator"]) report(page, failed);
  expect(printed).toEqual(["error: The build failed. src/dom/log.ts:1:15: Unexpected"]);
  report("app", { id: "2", errors: [] });
  expect(printed).toHaveLength(1);
  report("simulator", { id: "2", errors: [] });
  expect(printed.slice(1)).toEqual(["The build works again."]);
});

test("prints a second, different error for the same page", () => {
  const { report, printed } = openReport();
  report("app", { id: "1", errors: [] });
  report("app", failed);
  report("app", { errors: [{ at: "", text: "a page has no style", source: "" }] });
  expect(printed[1]).toBe("error: The build failed. a page has no style");
});

test("sends each page's latest build, with the id of its last successful build", () => {
  const { report, sent } = openReport();
  report("app", { id: "1", errors: [] });
  report("simulator", { id: "5", errors: [] });
  report("app", failed);
  expect(sent.at(-1)).toEqual({ app: { id: "1", ...failed }, simulator: { id: "5", errors: [] } });
});

test("does not report a page's first build if it fails, because the server then does not start", () => {
  const { report, sent, printed } = openReport();
  report("app", failed);
  expect([sent, printed]).toEqual([[], []]);
});
