import type { Message } from "../calls/message.ts";
import { createBoundedList } from "../common/bounded-list.ts";
import type { Finding, NewFinding } from "../rules/finding.ts";
import { payloadSize } from "./payload-size.ts";

/** These limits apply separately to the messages and to the findings. The Messages tab's log has the same limits. */
const limits = { maxCount: 10_000, maxCharacters: 64_000_000 };

export type RecordedKind = "messages" | "findings";

/** A finding contains the index of its message until the message is dropped or cleared. */
export function createMessageLog() {
  const messages = createMessageList();
  const findings = createBoundedList<Finding>(limits, ({ message }) => message.length);

  function shiftIndexes(count: number): void {
    if (count === 0) return;
    for (const finding of findings.items) {
      if (finding.about === undefined) continue;
      if (finding.about < count) delete finding.about;
      else finding.about -= count;
    }
  }

  return {
    messages: messages.items,
    findings: findings.items,
    addMessage: (message: Message) => shiftIndexes(messages.add(message)),
    addFinding({ about: message, ...rest }: NewFinding): Finding {
      const about = message ? messages.items.lastIndexOf(message) : -1;
      const finding: Finding = { ...rest, at: Date.now(), ...(about >= 0 && { about }) };
      findings.add(finding);
      return finding;
    },
    clear(kind: RecordedKind): void {
      if (kind === "findings") findings.clear();
      else {
        shiftIndexes(messages.items.length);
        messages.clear();
      }
    },
  };
}

export function createMessageList() {
  return createBoundedList<Message>(limits, ({ type, data }) => payloadSize([type, data], limits.maxCharacters));
}
