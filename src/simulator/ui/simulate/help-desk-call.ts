// The steps of a help desk call: the messages that the app should send, and whether the app has sent them.
// Does not use the DOM.
// HubSpot does not document these steps. We assume that an outbound call starts with DIAL_NUMBER, that HubSpot does not tell
// the app which number is connected, and that the app sends finalizeEngagement at the end.
import type { MessageType } from "../../../protocol/message-types.ts";

export type Direction = "INBOUND" | "OUTBOUND";
/** `type` is the type of the message that the app should send. `text` tells the user which button to press. */
export type Step = { type: MessageType; text: string; isDone: boolean };
export type HelpDeskCall = { direction: Direction; number: string; steps: Step[] };

/** @param number the connected number in E.164 format */
export function startHelpDeskCall(direction: Direction, number: string): HelpDeskCall {
  const start: Step =
    direction === "OUTBOUND"
      ? { type: "OUTGOING_CALL_STARTED", text: `outgoingCall with fromNumber ${number}`, isDone: false }
      : { type: "INCOMING_CALL", text: `incomingCall with toNumber ${number}`, isDone: false };
  const rest: [MessageType, string][] = [
    ["CALL_ANSWERED", "callAnswered"],
    ["CALL_ENDED", "callEnded"],
    ["CALL_COMPLETED", "callCompleted with hideWidget: false, which keeps the widget open for the last step"],
    ["FINALIZE_ENGAGEMENT", "finalizeEngagement with engagementId and externalCallId"],
  ];
  return { direction, number, steps: [start, ...rest.map(([type, text]) => ({ type, text, isDone: false }))] };
}

/**
 * Returns the call as updated by a message from the app. If the call ends unanswered, its steps no longer contain callAnswered.
 * If the message starts a call with a different number, returns the call unchanged.
 */
export function advanceHelpDeskCall(
  call: HelpDeskCall,
  type: string,
  fields: { readonly [name: string]: unknown },
): HelpDeskCall {
  const [start] = call.steps;
  const index = call.steps.findIndex((step) => step.type === type && !step.isDone);
  if (index < 0 || (index > 0 && !start?.isDone)) return call;
  const appNumber = fields[call.direction === "OUTBOUND" ? "fromNumber" : "toNumber"];
  if (index === 0 && appNumber !== call.number) return call;
  const steps = call.steps.map((step, at) => (at === index ? { ...step, isDone: true } : step));
  const hasEnded = steps.some((step) => step.type === "CALL_ENDED" && step.isDone);
  return { ...call, steps: steps.filter((step) => step.type !== "CALL_ANSWERED" || step.isDone || !hasEnded) };
}
