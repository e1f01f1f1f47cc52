// Shows a link to the simulator and explains how to load the page into HubSpot, for users who open the page in a tab.
import { copyOnClick } from "../dom/clipboard.ts";
import { element, make } from "../dom/element.ts";

export function showHowToLoad(): void {
  const section = element("unframed", HTMLElement);
  section.hidden = false;
  const page = JSON.stringify({ name: document.title, url: location.origin + location.pathname });
  const lines = section.querySelectorAll("code");
  lines[0]?.append(`localStorage.setItem("LocalSettings:Calling:CallingExtensions", ${JSON.stringify(page)})`);
  for (const line of lines) {
    const button = make("button", { type: "button" }, "Copy");
    copyOnClick(button, () => line.textContent);
    line.after(button);
  }
}
