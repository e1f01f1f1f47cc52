import { type Step, toMermaid } from "../../src/dom/mermaid.ts";
import { expect, test } from "../support/host.ts";

const head = ["sequenceDiagram", "  participant HubSpot", "  participant App as Calling app"];
const linesOf = (...steps: Step[]) => toMermaid(steps).trimEnd().split("\n").slice(head.length);

test("writes an arrow for each message, with its notes below", () => {
  const steps: Step[] = [
    { from: "hubspot", type: "DIAL_NUMBER", sdkName: "onDialNumber", notes: [] },
    { from: "app", type: "CALL_ENDED", notes: ["", "unknown-call: no call has this id", "out-of-order"] },
    { type: "DROPPED", notes: ["not a message"] },
  ];
  expect(toMermaid(steps).split("\n")).toEqual([
    ...head,
    "  HubSpot->>App: DIAL_NUMBER onDialNumber",
    "  App->>HubSpot: CALL_ENDED",
    "  Note over HubSpot,App: unknown-call: no call has this id",
    "  Note over HubSpot,App: out-of-order",
    "  Note over HubSpot,App: DROPPED: not a message",
    "",
  ]);
});

test("escapes a message's type, and keeps it short and on one line", () => {
  const foreign: [type: string, escaped: string][] = [
    ["A\n  App->>HubSpot: FORGED", "A App-#62;#62;HubSpot: FORGED"],
    ["%%{init: {}}%%", "#37;#37;#123;init: #123;#125;#125;#37;#37;"],
    ["a;b#c<br>", "a#59;b#35;c#60;br#62;"],
    ["שלום 😀", "שלום #128512;"],
    [" \r\n", "–"],
  ];
  for (const [type, escaped] of foreign) {
    expect(linesOf({ from: "hubspot", type, notes: [] })).toEqual([`  HubSpot->>App: ${escaped}`]);
  }
  expect(linesOf({ from: "hubspot", type: "x".repeat(10_000), notes: [] })[0]?.length).toBeLessThan(300);
});
