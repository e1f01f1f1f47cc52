// The page in the calling window. Like HubSpot's small window, the page shows little more than the app until the user opens
// the tools.
import { element } from "../../../dom/element.ts";
import { throttleToFrame } from "../../../dom/frame-throttle.ts";
import type { Session } from "../../session/session.ts";
import type { Tabs } from "../common/tabs.ts";

/** In pixels. */
const sizeWithTools = { width: 1040, height: 760 };

/** @param countFaults returns the number of faults that the findings are about */
export function createCallingWindowPage(
  session: Pick<Session, "on" | "findings">,
  tabs: Tabs,
  countFaults: () => number,
): void {
  const { body } = document;
  const tools = element("windowTools", HTMLButtonElement);
  const small = { width: window.outerWidth, height: window.outerHeight };
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
    if (session.findings.length > 0) tabs.show("findingsTab");
    // The browser may refuse to enlarge the window. In a narrow window, the tools are below the app.
    if (areShown) element("work", HTMLElement).scrollIntoView();
  };
  const render = throttleToFrame(() => {
    const count = countFaults();
    tools.textContent = count > 0 ? `Tools (${count} finding${count === 1 ? "" : "s"})` : "Tools";
    tools.dataset.severity = session.findings.some(({ severity }) => severity === "error") ? "error" : "";
  });
  session.on("finding", render);
  session.on("cleared", render);
  session.on("chosen", ({ name }) => {
    document.title = name;
  });
}
