// Shows how far the call has come, and marks the button that usually comes next.
import { element } from "../dom/element.ts";
import { formatTime } from "../dom/format-time.ts";
import { call, fill, form, onCallChange } from "./call.ts";

/** The state that a message brings the call to. Every other message leaves the state as it is. */
const stateAfter = new Map([
  ["DIAL_NUMBER", "dialling"],
  ["OUTGOING_CALL_STARTED", "ringing"],
  ["INCOMING_CALL", "ringing"],
  ["CALL_ANSWERED", "answered"],
  ["CALL_ENDED", "ended"],
  ["CALL_COMPLETED", "completed"],
]);

/** The button that usually comes next. */
const nextButton = new Map([
  ["idle", "outgoingCall"],
  ["dialling", "outgoingCall"],
  ["ringing", "callAnswered"],
  ["answered", "callEnded"],
  ["ended", "callCompleted"],
  ["completed", "outgoingCall"],
]);

const state = element("callState", HTMLElement);
const time = element("callTime", HTMLElement);
const number = element("number", HTMLElement);
const caller = element("caller", HTMLElement);

let willShow = false;

onCallChange(showSoon);

/** Moves the call to the state that this message, sent or received, brings it to. */
export function followCall(type: string): void {
  const callState = stateAfter.get(type);
  if (!callState) return;
  const callStateAt = Date.now();
  if (callState === "answered") fill({ callState, callStateAt, answeredAt: callStateAt, endedAt: "" });
  else if (callState === "ended") fill({ callState, callStateAt, endedAt: callStateAt });
  else fill({ callState, callStateAt });
}

/** Once per animation frame, however many messages there are. */
function showSoon(): void {
  if (!willShow) requestAnimationFrame(show);
  willShow = true;
}

function show(): void {
  willShow = false;
  const { callState = "idle", callStateAt, callerName, direction, fromNumber, toNumber } = call;
  const otherNumber = (direction === "INBOUND" ? fromNumber : toNumber) ?? "No number";
  state.textContent = callState;
  state.dataset.state = callState;
  time.textContent = callStateAt ? `${formatTime(callStateAt)}${duration(callState)}` : "";
  number.textContent = callState === "idle" ? "No call" : otherNumber;
  caller.textContent = callerName ?? "";
  for (const button of form.querySelectorAll("button")) {
    button.ariaCurrent = button.id === nextButton.get(callState) ? "step" : null;
  }
}

function duration(callState: string): string {
  const { durationMs } = call;
  if (durationMs === undefined || !["ended", "completed"].includes(callState)) return "";
  const seconds = Math.round(durationMs / 1000);
  return seconds < 60 ? `, ${seconds} s` : `, ${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
