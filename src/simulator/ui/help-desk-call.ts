// A help desk call, step by step, with the number that is connected: what the app is to send, and how far it has come.
// What is known: finalizeEngagement is used with the help desk, at the end. That nothing tells the app which number is
// connected, that an outbound call begins with DIAL_NUMBER as on a record, and the order, are chosen. No DOM.
import type { MessageType } from "../../protocol/message-types.ts";

export type Direction = "INBOUND" | "OUTBOUND";
/** `type` is sent by the app; `words` say what to do for it. */
export type Step = { type: MessageType; words: string; isDone: boolean };
export type DeskCall = { direction: Direction; number: string; steps: Step[] };

/**
 * A call that begins now.
 * @param number the connected one, E.164
 */
export function beginDeskCall(direction: Direction, number: string): DeskCall {
  const start: Step =
    direction === "OUTBOUND"
      ? { type: "OUTGOING_CALL_STARTED", words: `outgoingCall, with fromNumber ${number}`, isDone: false }
      : { type: "INCOMING_CALL", words: `incomingCall, with toNumber ${number}`, isDone: false };
  const rest: [MessageType, string][] = [
    ["CALL_ANSWERED", "callAnswered"],
    ["CALL_ENDED", "callEnded"],
    ["CALL_COMPLETED", "callCompleted, with hideWidget false to keep the widget for the last step"],
    ["FINALIZE_ENGAGEMENT", "finalizeEngagement, with the engagementId and the externalCallId"],
  ];
  return { direction, number, steps: [start, ...rest.map(([type, words]) => ({ type, words, isDone: false }))] };
}

/**
 * The call after the app has sent a message. The first step that waits for it is done; it may come before others, as
 * the end of a call that nobody answers does. A start with another number is not this call's.
 */
export function continueDeskCall(call: DeskCall, type: string, fields: { readonly [name: string]: unknown }): DeskCall {
  const [start] = call.steps;
  const index = call.steps.findIndex((step) => step.type === type && !step.isDone);
  if (index < 0 || (index > 0 && !start?.isDone)) return call;
  const own = fields[call.direction === "OUTBOUND" ? "fromNumber" : "toNumber"];
  if (index === 0 && own !== call.number) return call;
  return { ...call, steps: call.steps.map((step, at) => (at === index ? { ...step, isDone: true } : step)) };
}
