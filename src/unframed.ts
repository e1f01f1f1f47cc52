// What the page shows when it is opened in a tab of its own: how to get it into HubSpot.
import { element } from "./element.ts";
import { copyOnClick } from "./log.ts";

const page = { name: document.title, url: location.href };

/** Local-storage keys that HubSpot reads: set in the console of a HubSpot tab, they take effect when it is reloaded. */
const keys = [
  ["CallingExtensions", JSON.stringify(page), "This page in “Call from”:"],
  ["installDemoWidget", "local", "Or https://localhost:9025/ as “Demo App Local”:"],
  ["supportsInboundCalling", "true", "For inbound calls, besides:"],
  ["supportsChannelConnection", "true", "For help desk numbers, besides:"],
] satisfies [string, string, string][];

/** Shows the console lines, each with a button to copy it. */
export function showHowToFrame(): void {
  const list = element("keys", HTMLOListElement);
  for (const [key, value, effect] of keys) {
    const line = `localStorage.setItem("LocalSettings:Calling:${key}", '${value}')`;
    const item = document.createElement("li");
    const code = Object.assign(document.createElement("code"), { textContent: line });
    const button = Object.assign(document.createElement("button"), { textContent: "Copy" });
    copyOnClick(button, () => line);
    item.append(effect, code, button);
    list.append(item);
  }
  element("unframed", HTMLElement).hidden = false;
}
