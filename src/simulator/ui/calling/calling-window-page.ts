// The page in the calling window. Like HubSpot's small window, the page shows little more than the app until the user opens
// the tools.
import { element } from "../../../dom/element.ts";
import type { Session } from "../../session/session.ts";
import type { Tabs } from "../common/tabs.ts";

/** In pixels. */
const sizeWithTools = { width: 1040, height: 760 };

export function createCallingWindowPage(session: Pick<Session, "on">, tabs: Tabs) {
  const { body } = document;
  const tools = element("windowTools", HTMLButtonElement);
  const small = { width: window.outerWidth, height: window.outerHeight };
  let hasFindings = false;
  body.dataset.place = "window";
  element("name", HTMLElement).after(element("status", HTMLElement));
  tools.hidden = false;

  tools.onclick = () => {
    const areShown = body.dataset.tools === undefined;
    if (areShown) body.dataset.tools = "";
    else delete body.dataset.tools;
    tools.ariaPressed = `${areShown}`;
    const { width, height } = areShown ? sizeWithTools : small;
    window.resizeTo(width, height);
    if (hasFindings) tabs.show("findingsTab");
    // The browser may refuse to enlarge the window. In a narrow window, the tools are below the app.
    if (areShown) element("work", HTMLElement).scrollIntoView();
  };
  session.on("chosen", ({ name }) => {
    document.title = name;
  });

  return {
    /** @param errors the number of the Findings tab's `entries` that are errors */
    showFindings(entries: number, errors: number): void {
      hasFindings = entries > 0;
      tools.textContent = hasFindings ? `Tools (${entries} finding${entries === 1 ? "" : "s"})` : "Tools";
      tools.dataset.severity = errors > 0 ? "error" : "";
    },
  };
}
