// Shows the call state, and highlights the button that usually comes next.
import { element } from "../dom/element.ts";
import { formatTime } from "../dom/format-time.ts";
import { throttleToFrame } from "../dom/frame-throttle.ts";
import { call, fill, form, onCallChange } from "./call.ts";

/** The call state after each of these messages. Other messages do not change it. */
const stateAfter = new Map([
  ["DIAL_NUMBER", "dialing"],
  ["OUTGOING_CALL_STARTED", "ringing"],
  ["INCOMING_CALL", "ringing"],
  ["CALL_ANSWERED", "answered"],
  ["CALL_ENDED", "ended"],
  ["CALL_COMPLETED", "completed"],
]);

/** The button that usually comes next, by call state. In any other state, that button is outgoingCall. */
const nextButton = new Map([
  ["ringing", "callAnswered"],
  ["answered", "callEnded"],
  ["ended", "callCompleted"],
]);

const state = element("callState", HTMLElement);
const time = element("callTime", HTMLElement);
const number = element("number", HTMLElement);
const caller = element("caller", HTMLElement);

onCallChange(throttleToFrame(show));

export function followCall(type: string): void {
  const callState = stateAfter.get(type);
  if (!callState) return;
  const now = Date.now();
  fill({
    callState,
    callStateAt: now,
    ...(callState === "answered" && { answeredAt: now, endedAt: "" }),
    ...(callState === "ended" && { endedAt: now }),
  });
}

function show(): void {
  const { callState, callStateAt, callerName, hs_call_direction, fromNumber, toNumber } = call;
  const otherNumber = (hs_call_direction === "INBOUND" ? fromNumber : toNumber) ?? "No number";
  state.textContent = callState;
  state.dataset.state = callState;
  time.textContent = callStateAt ? `${formatTime(callStateAt)}${duration(callState)}` : "";
  number.textContent = callState === "idle" ? "No call" : otherNumber;
  caller.textContent = callerName ?? "";
  const next = nextButton.get(callState) ?? "outgoingCall";
  for (const button of form.querySelectorAll("button")) {
    button.ariaCurrent = button.id === next ? "step" : null;
  }
}

function duration(callState: string): string {
  if (!call.duration || !["ended", "completed"].includes(callState)) return "";
  const seconds = Math.round(call.duration / 1000);
  return seconds < 60 ? `, ${seconds} s` : `, ${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
