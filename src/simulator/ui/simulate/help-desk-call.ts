// The steps of a help desk call: the messages that the app should send, and whether the app has sent them.
// Does not use the DOM.
// HubSpot does not document these steps. We assume that an outbound call starts with DIAL_NUMBER, that HubSpot does not tell
// the app which number is connected, and that the app sends finalizeEngagement at the end.
import { type Fields, textOf } from "../../../protocol/fields.ts";
import type { MessageType } from "../../../protocol/message-types.ts";
import { truncate } from "../common/truncate.ts";

export type Direction = "INBOUND" | "OUTBOUND";
/**
 * `type` is the type of the message that the app should send. `text` names the SDK's method. `problem` explains why the app's
 * last message of this type has not completed the step.
 */
export type Step = { type: MessageType; text: string; isDone: boolean; problem?: string };
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
 * If the message starts a call with a different number, only adds the problem to the first step.
 */
export function advanceHelpDeskCall(call: HelpDeskCall, type: string, fields: Fields): HelpDeskCall {
  const [start] = call.steps;
  const index = call.steps.findIndex((step) => step.type === type && !step.isDone);
  if (index < 0 || (index > 0 && !start?.isDone)) return call;
  const problem = index === 0 ? numberProblem(call, fields) : undefined;
  const steps = call.steps.map((step, at): Step => {
    if (at !== index) return step;
    const { type, text } = step;
    return problem ? { type, text, isDone: false, problem } : { type, text, isDone: true };
  });
  const hasEnded = steps.some((step) => step.type === "CALL_ENDED" && step.isDone);
  return { ...call, steps: steps.filter((step) => step.type !== "CALL_ANSWERED" || step.isDone || !hasEnded) };
}

function numberProblem({ direction, number }: HelpDeskCall, fields: Fields): string | undefined {
  const name = direction === "OUTBOUND" ? "fromNumber" : "toNumber";
  const sent = fields[name];
  if (sent === number) return undefined;
  if (sent === undefined) return `The app sent no ${name}.`;
  return `The app sent ${name} ${truncate(textOf(sent))}, not ${number}.`;
}
