// The buttons that reload the app, close the app, and open the calling window.
import { element } from "../../../dom/element.ts";
import type { Session } from "../../session/session.ts";
import { callsInWindow } from "../../session/settings.ts";
import type { Calling } from "./call-button.ts";

/** @param load loads the app again after it has been unloaded */
export function createWidgetButtons(session: Session, calling: Calling, load: () => void): void {
  const openWindow = element("openWindow", HTMLButtonElement);
  const showOpenWindow = () => {
    openWindow.hidden = !callsInWindow(session.settings);
  };
  openWindow.onclick = calling.openWindow;
  session.on("settings", showOpenWindow);
  showOpenWindow();

  element("reload", HTMLButtonElement).onclick = async () => {
    if (!(await calling.mayLeave("Reload anyway"))) return;
    if (session.isOpen) session.reload();
    else load();
  };
  element("close", HTMLButtonElement).onclick = async () => {
    if (await calling.mayLeave("Close anyway")) session.close();
  };
}
