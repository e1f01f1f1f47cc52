// The outcome of a logged session: the rules that report errors, and the engagements that HubSpot created.
import { type CallState, isLater } from "../../protocol/call-states.ts";
import { fieldsOf } from "../../protocol/fields.ts";
import { isMessageType } from "../../protocol/message-types.ts";
import { transitions } from "../calls/call-messages.ts";
import { Ledger } from "../calls/ledger.ts";
import { RuleEngine } from "../rules/engine.ts";
import { LoggedCalls } from "./logged-calls.ts";
import type { Line } from "./replay.ts";

/** Returns the ids of the rules that report errors in the session. */
export function errorsIn(lines: readonly Line[]): string[] {
  const rules = new Set<string>();
  const ledger = new Ledger(() => []);
  ledger.isReplaying = true;
  const engine = new RuleEngine(ledger, ({ rule, severity }) => {
    if (severity === "error") rules.add(rule);
  });
  for (const { from, at, type, data } of lines) {
    if (from === "app") engine.appSent({ at, from, type, data });
    if (from === "hubspot") engine.hubspotSent({ at, from, type, data });
  }
  engine.closed();
  return [...rules];
}

/** Returns the engagements that HubSpot created during the session, with the last state of each engagement. */
export function engagementsIn(lines: readonly Line[]): { state: string; direction: string }[] {
  const loggedCalls = new LoggedCalls(lines);
  const calls: { id: unknown; state: CallState; direction: string; isCreated: boolean }[] = [];
  for (const line of lines) {
    const { from, type, data } = line;
    const { externalCallId, createEngagement } = fieldsOf(data);
    const id = loggedCalls.callOf(line)?.externalCallId ?? externalCallId;
    if (from === "app" && createEngagement === true) {
      calls.push({
        id,
        state: "created",
        direction: type === "INCOMING_CALL" ? "INBOUND" : "OUTBOUND",
        isCreated: false,
      });
    }
    const call = calls.findLast((candidate) => candidate.id === id) ?? calls.at(-1);
    if (!call) continue;
    if (type === "CREATE_ENGAGEMENT_SUCCEEDED") call.isCreated = true;
    const state = from === "app" && isMessageType(type) ? transitions[type]?.to : undefined;
    if (state && isLater(state, call.state)) call.state = state;
  }
  return calls.flatMap(({ isCreated, state, direction }) => (isCreated ? [{ state, direction }] : []));
}
