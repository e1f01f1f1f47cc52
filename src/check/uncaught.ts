// What a finding about an uncaught error says. It depends on what the app was doing.

import { isEventType } from "../protocol/message-types.ts";
import { inbound } from "../protocol/messages.ts";
import type { Sure } from "../protocol/sure.ts";
import type { KnownBad } from "../simulator/session/example-events.ts";
import type { Override } from "./findings.ts";

export const atLoad: Override = {
  remedy:
    "Correct the code that runs while the page loads, or catch its errors, so that the app creates the SDK and sends initialized.",
};

export const inUserAction: Override = {
  remedy: "Catch the error where the app handles the click, show it to the user, and continue the call.",
};

/** An app may fail on a payload that HubSpot is not known to send: that is only a warning. */
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
