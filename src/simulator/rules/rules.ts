// Every rule that a calling app can break.

/** error: the call, or part of it, is lost or wrong in HubSpot. warning: the documents say otherwise, nothing known breaks. */
export type Severity = "error" | "warning";
export type Rule = keyof typeof rules;

const rule = (severity: Severity, source: string) => ({ severity, source });

/** Every rule there is, how much it matters, and where it comes from. */
export const rules = {
  "unknown-type": rule("error", "the SDK has no such message"),
  "missing-field": rule("error", "the payload's documentation"),
  "wrong-type": rule("error", "the payload's documentation"),
  "not-e164": rule("warning", "the vendor's pages ask for numbers in E.164"),
  "not-milliseconds": rule("warning", "the vendor's pages give hs_call_duration in milliseconds"),
  "constant-name": rule("error", "the SDK's constants: INTERNAL_COMPLETED is a name, COMPLETED its value"),
  deprecated: rule("warning", "the vendor's pages and the SDK's types name what replaces it"),
  "old-sdk": rule("warning", "the version in SYNC_ACK; the messages that are documented today are those of SDK 0.9.7"),
  "unknown-call": rule(
    "error",
    "the vendor's pages: the id is that of outgoingCall or incomingCall, or HubSpot's answer to it",
  ),
  "no-engagement": rule("error", "the vendor's pages: createEngagement true puts the call on the record's timeline"),
  "duplicate-engagement": rule("error", "the vendor's pages: one call, one engagement"),
  "ghost-call": rule(
    "error",
    "the vendor's pages: callCompleted ends the call for HubSpot; without it the call stays unfinished",
  ),
  "never-ended": rule("error", "the vendor's pages: until callEnded, HubSpot does not let its user go on"),
  "end-call-ignored": rule("error", "the vendor's demo answers END_CALL with callEnded"),
  "out-of-order": rule("warning", "the vendor's pages: started, answered, ended, completed"),
  "unhandled-event": rule("warning", "the SDK's source: it tells HubSpot of an event that it does not know"),
  "not-logged-in": rule(
    "warning",
    "the vendor's pages: HubSpot dials only when the app said that the user is logged in",
  ),
  "remote-speaks": rule(
    "error",
    "the vendor's pages: with a calling window, the window sends and the remote is silent",
  ),
  "window-speaks": rule(
    "error",
    "the vendor's pages: with usesCallingWindow false, the remote sends and the window is silent",
  ),
  "not-initialized": rule("error", "the vendor's pages: the app answers onReady with initialized"),
  "no-answer": rule("error", "the SDK's host half: without SYNC_ACK for 30 seconds, the widget has failed"),
  "too-large": rule(
    "error",
    "chosen: a message of more than 100,000 characters is not taken; HubSpot's own limit is not documented",
  ),
};
