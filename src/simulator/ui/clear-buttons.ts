import { element } from "../../dom/element.ts";
import type { Timeline } from "../crm/timeline.ts";
import type { Session } from "../session/session.ts";

export type Clear = Record<"engagements" | "findings" | "messages", () => void>;

export function createClearButtons(session: Pick<Session, "clear">, timeline: Pick<Timeline, "clear">): Clear {
  const clear: Clear = {
    engagements: () => timeline.clear(),
    findings: () => session.clear("findings"),
    messages: () => session.clear("messages"),
  };
  element("clearFindings", HTMLButtonElement).onclick = clear.findings;
  const button = element("clear", HTMLButtonElement);
  button.title = "Clear all messages, including those that the filter hides, and all findings";
  button.onclick = () => {
    clear.messages();
    clear.findings();
  };
  return clear;
}
