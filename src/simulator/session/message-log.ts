// What was said in a session, and what was found wrong about it: the newest of each. No DOM.
import type { Message } from "../calls/message.ts";
import type { Finding, NewFinding } from "../rules/finding.ts";

/** Messages and findings that are held, as many as records in the log. */
const kept = 10_000;

export type Recorded = "messages" | "findings";

/** Opens an empty record. Each finding tells the index of its message for as long as the message is held. */
export function openRecord() {
  const messages: Message[] = [];
  const findings: Finding[] = [];

  /** The oldest messages go: findings count from the next on. */
  function letGo(count: number): void {
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
    said(message: Message): void {
      messages.push(message);
      if (messages.length > kept) letGo(1);
    },
    /** Gives the finding as it is held. */
    found({ about: message, ...what }: NewFinding): Finding {
      const about = message ? messages.lastIndexOf(message) : -1;
      const finding: Finding = { ...what, at: Date.now(), ...(about >= 0 && { about }) };
      findings.push(finding);
      if (findings.length > kept) findings.shift();
      return finding;
    },
    clear(what: Recorded): void {
      if (what === "messages") letGo(messages.length);
      else findings.length = 0;
    },
  };
}
