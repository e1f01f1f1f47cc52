// Adapts the findings about uncaught errors to what the app was doing.

import { isEventType } from "../../protocol/message-types.ts";
import { inbound } from "../../protocol/messages.ts";
import type { Sure } from "../../protocol/sure.ts";
import type { KnownBad } from "../../simulator/session/example-events.ts";
import type { Override } from "../report/findings.ts";

export const atLoad: Override = {
  remedy:
    "Correct the code that runs while the page loads, or catch its errors, so that the app instantiates the SDK and sends initialized.",
};

export const inUserAction: Override = {
  remedy: "Catch the error where the app handles the click, show it to the user, and continue the call.",
};

export const inLoop: Override = {
  remedy:
    "Look for a loop in the app. In React, an effect must neither set state that it depends on, nor depend on an object that every render creates.",
};

/** SDK 0.0.6 throws this error for an event without a handler. No app code would have run, so the app loses nothing. */
export const isFromSdk = (message: string) => message.startsWith("No event handler is available to handle message");
export const withoutHandler: Override = {
  remedy:
    "Update @hubspot/calling-extensions-sdk, or add a defaultEventHandler, which receives every event that has no handler.",
};

/** An error is only a warning if HubSpot is not known to send the payload. */
const severityOf = (isKnown: boolean): Override => (isKnown ? {} : { severity: "warning" });

export function onExample(type: string): Override {
  if (!isEventType(type)) return {};
  const { sure, source } = inbound[type];
  const isDescribed = (["documented", "sdk"] satisfies Sure[]).some((known) => known === sure);
  return { ...severityOf(isDescribed), source };
}

export function onKnownBad({ sure, source }: KnownBad): Override {
  return { ...severityOf(sure !== "chosen"), source };
}
