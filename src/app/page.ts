import { Constants } from "@hubspot/calling-extensions-sdk";
import { element, make } from "../dom/element.ts";
import type { Unchecked } from "../protocol/payload-types.ts";
import { fill } from "./call.ts";
import { showHowToLoad } from "./not-framed.ts";

const status = element("status", HTMLElement);
const facts = element("session", HTMLElement);
const visibility = element("visibility", HTMLElement);
const callingWindow = element("callingWindow", HTMLAnchorElement);
const failure = element("failure", HTMLElement);
const failureText = element("failureText", HTMLElement);

element("sdk", HTMLElement).textContent = `SDK ${Constants.VERSION}`;
element("dismiss", HTMLButtonElement).onclick = () => {
  failure.hidden = true;
};
if (window.parent === window) showHowToLoad();

/** Shows the account and user from SYNC, and where HubSpot loaded this page. */
export function showSession(session: Unchecked<"READY">): void {
  const { hostUrl, portalId, iframeLocation, usesCallingWindow } = session;
  status.dataset.state = "ready";
  status.textContent = "Ready";
  const values = new Map<string | null, unknown>(Object.entries(session));
  for (const name of facts.querySelectorAll("dt"))
    name.nextElementSibling?.replaceChildren(text(values.get(name.textContent)));
  fill({ portalId });
  callingWindow.hidden = !hostUrl || iframeLocation !== "remote" || usesCallingWindow !== false;
  callingWindow.href = `${hostUrl}/calling-integration-popup-ui/${text(portalId)}?usesCallingWindow=false`;
}

/** Shows who is calling, and fills in the record to navigate to. */
export function showCaller({ callerIdMatches }: Unchecked<"CALLER_ID_MATCH_SUCCEEDED">): void {
  const match = callerIdMatches?.[0];
  if (!match) {
    fill({ callerName: "No match" });
    return;
  }
  const { portalId, objectId, objectTypeId } = match.objectCoordinates ?? {};
  const name = match.name ? text(match.name) : `${text(match.firstName)} ${text(match.lastName)}`;
  fill({ callerName: `${name} (${text(match.callerIdType)} ${text(objectId)})`, portalId, objectId, objectTypeId });
}

/** Shows the reason for a failure until the user presses Dismiss. */
export function showFailure({ error }: { error?: { message?: unknown } | null }, { type }: { type: string }): void {
  failureText.replaceChildren(`${type}: `, make("bdi", {}, text(error?.message)));
  failure.hidden = false;
}

export function showVisibility({ isHidden, isMinimized }: Unchecked<"VISIBILITY_CHANGED">): void {
  visibility.textContent = (isHidden && "hidden") || (isMinimized && "minimized") || "";
}

/** Events are not validated, so the page shows a dash for a value that is not a string, number or boolean. */
const text = (value: unknown) => (["string", "number", "boolean"].includes(typeof value) ? `${value}` : "–");
