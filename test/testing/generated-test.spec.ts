// Runs the test that "Copy as test" generates for a session with two calls, and replays the session with the fixture.
import type { FrameLocator } from "@playwright/test";
import { transform } from "esbuild";
import { readLog } from "../../src/simulator/replay/replay.ts";
import { testCode } from "../../src/simulator/replay/test-code.ts";
import type { HubspotFixture } from "../../src/testing/hubspot-fixture.ts";
import { expect, test as fixture } from "../../src/testing/playwright.ts";
import { serve } from "../support/serve.ts";
import { simulatorUrl } from "../support/simulator.ts";
import { severalCallsPage } from "../support/softphone.ts";

const test = fixture.extend<object, { hubspotServer: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to find the fixtures that this one needs.
  hubspotServer: [async ({}, use) => use(simulatorUrl), { scope: "worker" }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern, as above.
  app: async ({}, use) => use(await serve((_, response) => response.end(severalCallsPage))),
});

const ada = "+18005550151";
const charles = "+442079460301";
const press = (number: string, name: string) => (app: FrameLocator) =>
  app.getByRole("listitem").filter({ hasText: number }).getByRole("button", { name }).click();
const receive = (app: FrameLocator) => app.getByRole("button", { name: "Simulate an incoming call" }).click();

/** Makes two calls at once, and hangs up the first in the call bar. Returns the log. */
async function makeTwoCalls(hubspot: HubspotFixture): Promise<string> {
  const { app, page } = hubspot;
  await hubspot.dial({ recordId: 51 });
  await hubspot.waitFor("OUTGOING_CALL_STARTED");
  await press(ada, "Connected")(app);
  await receive(app);
  await press(charles, "Answer")(app);
  await page.locator("#calls").getByRole("button", { name: "Hang up" }).last().click();
  await hubspot.waitFor("CALL_ENDED");
  await press(ada, "Save")(app);
  await press(charles, "Hang up")(app);
  await press(charles, "Save")(app);
  for (const _ of ["Ada's call", "Charles's call"]) await hubspot.waitFor("CALL_COMPLETED");
  const messages = await hubspot.messages();
  // No user is as fast as this test, so each message follows after a second unless the app reacts to an event.
  const log = messages.map((message, index) => {
    const isReaction = /^(DIAL_NUMBER|END_CALL)$/.test(messages[index - 1]?.type ?? "");
    return { ...message, at: 1000 * (isReaction ? index - 1 : index) };
  });
  return log.map((message) => `${JSON.stringify(message)}\n`).join("");
}

const userActions: { [name: string]: (app: FrameLocator) => Promise<void> } = {
  answerFirstCall: press(ada, "Connected"),
  receiveSecondCall: receive,
  answerSecondCall: press(charles, "Answer"),
  completeFirstCall: press(ada, "Save"),
  endSecondCall: press(charles, "Hang up"),
  completeSecondCall: press(charles, "Save"),
};

/** Returns the body of the generated test after the user has written the user actions. */
async function bodyOf(code: string): Promise<(fixtures: { hubspot: HubspotFixture }) => Promise<void>> {
  const names = [...code.matchAll(/^async function (\w+)/gm)].map(([, name]) => name);
  expect(names).toEqual(Object.keys(userActions));
  const written = code.replace(/^async function (\w+)\(.*$/gm, "const { $1 } = userActions;");
  const { code: script } = await transform(written, { loader: "ts", format: "cjs" });
  const bodies: ((fixtures: { hubspot: HubspotFixture }) => Promise<void>)[] = [];
  const use = () => {};
  const fixme = (_title: string, body: (typeof bodies)[number]) => bodies.push(body);
  const run = new Function("require", "module", "userActions", script);
  run(() => ({ expect, test: { use, fixme } }), {}, userActions);
  const [body] = bodies;
  if (!body) throw new Error("The generated code contains no test.");
  return body;
}

test("a generated test repeats a session in which HubSpot ends the first of two calls", async ({ hubspot, app }) => {
  const log = await makeTwoCalls(hubspot);
  const body = await bodyOf(testCode(readLog(log), { app }));
  await hubspot.clear();
  await hubspot.reload();
  await body({ hubspot });
  const [first] = await hubspot.engagements();
  const endCall = (await hubspot.messages()).find(({ type }) => type === "END_CALL");
  expect(endCall?.data).toEqual({ externalCallId: first?.externalCallId, engagementId: first?.engagementId });
});

test("hubspot.replay() tells each user action which call its message is about", async ({ hubspot }) => {
  const log = await makeTwoCalls(hubspot);
  const pressFor =
    (name: string | RegExp) =>
    (app: FrameLocator, { data }: { data: { [field: string]: unknown } }) =>
      app.locator(`[id="${data.externalCallId}"]`).getByRole("button", { name }).click();
  const differences = await hubspot.replay(log, {
    userActions: {
      INCOMING_CALL: receive,
      CALL_ANSWERED: pressFor(/Connected|Answer/),
      CALL_ENDED: pressFor("Hang up"),
      CALL_COMPLETED: pressFor("Save"),
    },
  });
  expect(differences).toEqual([]);
});
