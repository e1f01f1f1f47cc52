// The buttons that reload the app, close the app, and open the calling window.
import { element } from "../../../dom/element.ts";
import type { Session } from "../../session/session.ts";
import { callsInWindow } from "../../session/settings.ts";
import type { Calling } from "./call-button.ts";

export function createWidgetButtons(session: Session, calling: Calling): void {
  const openWindow = element("openWindow", HTMLButtonElement);
  const showOpenWindow = () => {
    openWindow.hidden = !callsInWindow(session.settings);
  };
  openWindow.onclick = calling.openWindow;
  session.on("settings", showOpenWindow);
  showOpenWindow();

  element("reload", HTMLButtonElement).onclick = async () => {
    if (await calling.mayLeave("Reload anyway")) session.reload();
  };
  element("close", HTMLButtonElement).onclick = async () => {
    if (await calling.mayLeave("Close anyway")) session.close();
  };
}
