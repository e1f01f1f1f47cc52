// The alert over the page: what somebody should know now. It goes when it is dismissed, or when it is no longer so.
import { element } from "../../dom/element.ts";
import { truncate } from "./truncate.ts";

/** What an alert may be about: of each there is one at a time. */
export type Subject = "address" | "app" | "login" | "call" | "window" | "registry" | "calls" | "settings";

/** Opens the alert on the page's #alert. Of several, the newest is shown; when it goes, the one before it is. */
export function createAlert() {
  const panel = element("alert", HTMLElement);
  const text = element("alertText", HTMLElement);
  const alerts = new Map<Subject, string>();

  function draw(): void {
    const words = [...alerts.values()].at(-1);
    panel.hidden = words === undefined;
    text.textContent = truncate(words ?? "");
  }

  /** What it complained of is over. */
  function over(subject: Subject): void {
    if (alerts.delete(subject)) draw();
  }

  element("dismiss", HTMLButtonElement).onclick = () => {
    alerts.clear();
    draw();
  };
  return {
    show(subject: Subject, words: string): void {
      alerts.delete(subject);
      alerts.set(subject, words);
      draw();
    },
    over,
  };
}
