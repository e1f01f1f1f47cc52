// What the page shows when it is opened in a tab: a link to the simulator, and how to load the page into HubSpot.
import { copyOnClick } from "../dom/clipboard.ts";
import { element, make } from "../dom/element.ts";

/** The address of the simulator on the server that serves this page. The build defines it; it is empty in production. */
declare const SIMULATOR: string;

const page = { name: document.title, url: location.origin + location.pathname };

/** Keys that HubSpot reads from localStorage. Set one in the console of a HubSpot tab, then reload the tab. */
const keys: [key: string, value: string, effect: string][] = [
  ["installDemoWidget", "local", "Adds https://localhost:9025/ as “Demo App Local”:"],
  ["supportsInboundCalling", "true", "Allows inbound calls in a test account:"],
  ["supportsChannelConnection", "true", "Makes the app selectable in the help desk before it is ready:"],
];

/** Shows the link, and the console lines with a button to copy each. */
export function showHowToLoad(): void {
  if (SIMULATOR) {
    const link = element("standIn", HTMLAnchorElement);
    link.href = SIMULATOR;
    link.hidden = false;
  }
  element("line", HTMLElement).append(...lineToCopy("CallingExtensions", JSON.stringify(page)));
  element("keys", HTMLUListElement).append(
    ...keys.map(([key, value, effect]) => make("li", {}, effect, ...lineToCopy(key, value))),
  );
  element("unframed", HTMLElement).hidden = false;
}

function lineToCopy(key: string, value: string): HTMLElement[] {
  const line = `localStorage.setItem("LocalSettings:Calling:${key}", ${JSON.stringify(value)})`;
  const button = make("button", { type: "button" }, "Copy");
  copyOnClick(button, () => line);
  return [make("code", {}, line), button];
}
