// The alert at the top of the page. It disappears when the user dismisses it or the problem is solved.
import { element } from "../../../dom/element.ts";
import type { Session } from "../../session/session.ts";
import { truncate } from "./truncate.ts";

/** Each subject has at most one alert. */
export type Subject =
  | "address"
  | "app"
  | "login"
  | "call"
  | "copyTest"
  | "window"
  | "registry"
  | "calls"
  | "droppedCalls"
  | "hangUp"
  | "settings"
  | "storage";

export type Alert = ReturnType<typeof createAlert>;

/** Shows only the newest alert. When its problem is solved, the previous alert reappears. “OK” removes all alerts. */
export function createAlert(session: Pick<Session, "on">) {
  const panel = element("alert", HTMLElement);
  const alertText = element("alertText", HTMLElement);
  const alerts = new Map<Subject, string>();

  function render(): void {
    const newest = [...alerts.values()].at(-1);
    panel.hidden = newest === undefined;
    alertText.textContent = truncate(newest ?? "");
  }

  function hide(subject: Subject): void {
    if (alerts.delete(subject)) render();
  }

  element("dismiss", HTMLButtonElement).onclick = () => {
    alerts.clear();
    render();
  };

  function show(subject: Subject, text: string): void {
    alerts.delete(subject);
    alerts.set(subject, text);
    render();
  }

  session.on("alert", ({ text }) => show("app", text));
  session.on("loading", () => {
    hide("app");
    hide("login");
  });
  session.on("login", ({ isLoggedIn }) => {
    if (isLoggedIn) hide("login");
  });
  return { show, hide };
}
