// What the page shows when it is opened in a tab of its own: how to get it into HubSpot.
import { element, make } from "../panel/element.ts";
import { copyOnClick } from "../panel/log.ts";

const page = { name: document.title, url: location.origin + location.pathname };

/** Local-storage keys that HubSpot reads: set in the console of a HubSpot tab, they take effect when it is reloaded. */
const keys = [
  ["CallingExtensions", JSON.stringify(page), "This page:"],
  ["installDemoWidget", "local", "Or https://localhost:9025/:"],
  ["supportsInboundCalling", "true", "Inbound:"],
  ["supportsChannelConnection", "true", "Help desk:"],
] satisfies [string, string, string][];

/** Shows the console lines, each with a button to copy it. */
export function showHowToFrame(): void {
  const list = element("keys", HTMLOListElement);
  for (const [key, value, effect] of keys) {
    const line = `localStorage.setItem("LocalSettings:Calling:${key}", ${JSON.stringify(value)})`;
    const button = make("button", {}, "Copy");
    copyOnClick(button, () => line);
    list.append(make("li", {}, effect, make("code", {}, line), button));
  }
  element("unframed", HTMLElement).hidden = false;
}
