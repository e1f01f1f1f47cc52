// The alert over the page: what somebody should know now. It goes when it is dismissed, or when it is no longer so.
import { element } from "../../dom/element.ts";
import type { Session } from "../session/session.ts";
import { truncate } from "./truncate.ts";

/** What an alert may be about: of each there is one at a time. */
export type Subject = "address" | "app" | "login" | "call" | "window" | "registry" | "calls" | "settings";

export type Alert = ReturnType<typeof createAlert>;

/** Of several alerts, the newest is shown; when it goes, the one before it is. */
export function createAlert(session: Pick<Session, "on">) {
  const panel = element("alert", HTMLElement);
  const alertText = element("alertText", HTMLElement);
  const alerts = new Map<Subject, string>();

  function render(): void {
    const newest = [...alerts.values()].at(-1);
    panel.hidden = newest === undefined;
    alertText.textContent = truncate(newest ?? "");
  }

  /** What it complained of is over. */
  function over(subject: Subject): void {
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
    over("app");
    over("login");
  });
  session.on("login", ({ isLoggedIn }) => {
    if (isLoggedIn) over("login");
  });
  return { show, over };
}
