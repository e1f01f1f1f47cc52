// What the page shows when it is opened in a tab of its own: where to go from here, and how to get it into HubSpot.
import { copyOnClick } from "../dom/clipboard.ts";
import { element, make } from "../dom/element.ts";

/** Where the server that serves the page leads to HubSpot as it plays it. The build puts it in; empty in the page that goes live. */
declare const SIMULATOR: string;

const page = { name: document.title, url: location.origin + location.pathname };

/** Local-storage keys that HubSpot reads: set in the console of a HubSpot tab, they take effect when it is reloaded. */
const keys = [
  ["installDemoWidget", "local", "What runs on https://localhost:9025/, as “Demo App Local”:"],
  ["supportsInboundCalling", "true", "Inbound calls, in a test account:"],
  ["supportsChannelConnection", "true", "Help desk, before the app is ready:"],
] satisfies [string, string, string][];

/** Shows a link to the simulator, if there is one, and the console lines, each with a button to copy it. */
export function showHowToFrame(): void {
  if (SIMULATOR) {
    const link = element("standIn", HTMLAnchorElement);
    link.href = SIMULATOR;
    link.hidden = false;
  }
  element("line", HTMLElement).append(...lineToCopy("CallingExtensions", JSON.stringify(page)));
  const others = keys.map(([key, value, effect]) => make("li", {}, effect, ...lineToCopy(key, value)));
  element("keys", HTMLUListElement).append(...others);
  element("unframed", HTMLElement).hidden = false;
}

function lineToCopy(key: string, value: string): HTMLElement[] {
  const line = `localStorage.setItem("LocalSettings:Calling:${key}", ${JSON.stringify(value)})`;
  const button = make("button", { type: "button" }, "Copy");
  copyOnClick(button, () => line);
  return [make("code", {}, line), button];
}
