import { element } from "../../dom/element.ts";
import type { Session } from "../session/session.ts";
import type { Timeline } from "../session/timeline.ts";

export type Clear = Record<"engagements" | "findings" | "messages", () => void>;

export function createClearButtons(session: Session, timeline: Timeline): Clear {
  const messages = element("clear", HTMLButtonElement);
  const clear: Clear = {
    engagements: () => timeline.clear(),
    findings: () => session.clear("findings"),
    // A click also clears the log, which listens to this button.
    messages: () => messages.click(),
  };
  element("clearFindings", HTMLButtonElement).onclick = clear.findings;
  messages.title = "Clear all messages, including those that the filter hides";
  messages.addEventListener("click", () => session.clear("messages"));
  return clear;
}
