// Stores the newest messages and findings of a session.
import type { Message } from "../calls/message.ts";
import type { Finding, NewFinding } from "../rules/finding.ts";

/** Applies to messages and to findings. The log on the page has the same limit. */
const maxCount = 10_000;

export type RecordedKind = "messages" | "findings";

/** A finding contains the index of its message until the message is dropped. */
export function createMessageLog() {
  const messages: Message[] = [];
  const findings: Finding[] = [];

  function dropOldestMessages(count: number): void {
    messages.splice(0, count);
    for (const finding of findings) {
      if (finding.about === undefined) continue;
      if (finding.about < count) delete finding.about;
      else finding.about -= count;
    }
  }

  return {
    messages,
    findings,
    addMessage(message: Message): void {
      messages.push(message);
      if (messages.length > maxCount) dropOldestMessages(1);
    },
    addFinding({ about: message, ...rest }: NewFinding): Finding {
      const about = message ? messages.lastIndexOf(message) : -1;
      const finding: Finding = { ...rest, at: Date.now(), ...(about >= 0 && { about }) };
      findings.push(finding);
      if (findings.length > maxCount) findings.shift();
      return finding;
    },
    clear(kind: RecordedKind): void {
      if (kind === "messages") dropOldestMessages(messages.length);
      else findings.length = 0;
    },
  };
}
