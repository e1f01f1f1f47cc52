// Unit tests: the mock simulates HubSpot, without a browser.
import { createHubspot } from "hubspot-calling-app/mock";
import { beforeEach, expect, test, vi } from "vitest";

beforeEach(() => {
  document.body.innerHTML = "<main><p></p></main>";
  // Replaces localStorage, which is undefined in Node 25 and later.
  const stored = new Map<string, string>();
  const setItem = (name: string, value: string) => stored.set(name, value);
  vi.stubGlobal("localStorage", { getItem: (name: string) => stored.get(name) ?? null, setItem });
  vi.resetModules(); // each test imports the softphone again
  vi.spyOn(console, "debug").mockReturnValue(); // the SDK logs every message
});

const press = (label: string) =>
  [...document.querySelectorAll("button")].find(({ textContent }) => textContent === label)?.click();

test("makes a call when the user dials in HubSpot", async () => {
  const hubspot = createHubspot();
  await import("./softphone.ts");
  await hubspot.dial({ recordId: 51 });
  for (const label of ["Answered", "Hang up", "Save"]) press(label);
  expect(hubspot.engagements()).toMatchObject([{ state: "completed", direction: "OUTBOUND" }]);
  expect(await hubspot.close()).toEqual([]);
});

test("hangs up when HubSpot ends the call", async () => {
  const hubspot = createHubspot();
  await import("./softphone.ts");
  await hubspot.ready;
  for (const label of ["Simulate an incoming call", "Answer"]) press(label);
  await hubspot.send("END_CALL");
  expect(await hubspot.waitFor("CALL_ENDED")).toMatchObject({ data: { callEndStatus: "COMPLETED" } });
  press("Save");
  expect(await hubspot.close()).toEqual([]);
});
