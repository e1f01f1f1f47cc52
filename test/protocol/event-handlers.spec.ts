// Checks the package's typed event handlers against the types of the real SDK.
import type CallingExtensions from "@hubspot/calling-extensions-sdk";
import { expect, test } from "@playwright/test";
import { build } from "esbuild";
import { eventHandlers, type Sent } from "../../src/protocol/index.ts";
import { inbound } from "../../src/protocol/messages.ts";
import type { EventHandlers } from "../../src/protocol/payload-types.ts";

/** Only the compiler checks this function. */
export function createApp(Sdk: typeof CallingExtensions): CallingExtensions {
  const cti = new Sdk({
    debugMode: false,
    eventHandlers: eventHandlers({
      onReady({ engagementId }) {
        const user: Sent<"INITIALIZED"> = {
          isLoggedIn: true,
          isAvailable: true,
          ...(engagementId && { engagementId }),
        };
        cti.initialized(user);
      },
      onDialNumber: ({ phoneNumber, calleeInfo }) => [phoneNumber.trim(), calleeInfo.calleeId],
      defaultEventHandler: (_payload, { type }) => type,
    }),
  });
  return cti;
}

test("declares a handler for every event, and defaultEventHandler", () => {
  const names: Record<keyof EventHandlers, true> = {
    onReady: true,
    onDialNumber: true,
    onCreateEngagementSucceeded: true,
    onCreateEngagementFailed: true,
    onEngagementCreated: true,
    onUpdateEngagementSucceeded: true,
    onUpdateEngagementFailed: true,
    onCallerIdMatchSucceeded: true,
    onCallerIdMatchFailed: true,
    onNavigateToRecordFailed: true,
    onPublishToChannelSucceeded: true,
    onPublishToChannelFailed: true,
    onFinalizeEngagementSucceeded: true,
    onFinalizeEngagementFailed: true,
    onInitiateCallIdSucceeded: true,
    onInitiateCallIdFailed: true,
    onSetCallState: true,
    onEndCall: true,
    onVisibilityChanged: true,
    onSetWidgetUrlFailed: true,
    onFailed: true,
    defaultEventHandler: true,
  };
  const inTable = Object.values(inbound).map(({ handler }) => handler);
  expect(new Set(Object.keys(names))).toEqual(new Set([...inTable, "defaultEventHandler"]));
});

test("adds no code to a minified bundle", async () => {
  const bundle = async (contents: string) => {
    const stdin = { contents, resolveDir: "src/protocol", loader: "ts" } as const;
    const { outputFiles } = await build({ stdin, bundle: true, minify: true, format: "esm", write: false });
    return outputFiles[0]?.text;
  };
  const withHelper = 'import { eventHandlers } from "./index.ts"; use(eventHandlers({ onReady() { start(); } }));';
  expect(await bundle(withHelper)).toBe(await bundle("use({ onReady() { start(); } });"));
});
