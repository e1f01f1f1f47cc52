// Runs the real SDK with the mock. The SDK needs a few properties of a window and a document.
import { expect, test } from "@playwright/test";
import { build } from "esbuild";
import { createHubspot } from "../../src/mock/create-hubspot.ts";

/** An app that starts a call when HubSpot dials a number, and ends the call when HubSpot has created its engagement. */
const app = `import CallingExtensions from "@hubspot/calling-extensions-sdk";
  const cti = new CallingExtensions({ debugMode: false, eventHandlers: {
    onReady: () => cti.initialized({ isLoggedIn: true }),
    onDialNumber: ({ phoneNumber }) => cti.outgoingCall({ externalCallId: "1", toNumber: phoneNumber, createEngagement: true }),
    onCreateEngagementSucceeded: ({ engagementId }) => cti.callEnded({ externalCallId: "1", engagementId }),
    defaultEventHandler() {},
  } });`;

test("makes a call with the real SDK", async () => {
  const stdin = { contents: app, resolveDir: "test" };
  const { outputFiles } = await build({ stdin, bundle: true, format: "iife", write: false });
  const window = Object.assign(new EventTarget(), { location: { href: "http://localhost:3000/" } });
  const document = { referrer: "", createElement: () => ({ protocol: "http:", host: "localhost:3000" }) };
  const hubspot = createHubspot({ window });
  const run = new Function("window", "self", "document", "console", `${outputFiles[0]?.text}`);
  run(window, window, document, { debug() {}, warn() {} });
  await hubspot.dial({ recordId: 51 });
  await hubspot.waitFor("CALL_ENDED");
  expect(hubspot.engagements()).toMatchObject([{ state: "ended", direction: "OUTBOUND" }]);
  expect((await hubspot.close()).map(({ rule }) => rule)).toContain("ghost-call");
});
