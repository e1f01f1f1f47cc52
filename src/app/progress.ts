// How far the call is: it follows what was sent and what came, and says which button usually comes next.
import { element } from "../dom/element.ts";
import { fill, fillAll, form, read } from "./call.ts";

/** The state that each message brings the call to. All other messages leave it as it is. */
const reached: Record<string, string> = {
  DIAL_NUMBER: "dialling",
  OUTGOING_CALL_STARTED: "ringing",
  INCOMING_CALL: "ringing",
  CALL_ANSWERED: "answered",
  CALL_ENDED: "ended",
  CALL_COMPLETED: "completed",
};

/** The button that usually comes next. In all other states it is the one that begins a call. */
const next: Record<string, string> = {
  dialling: "outgoingCall",
  ringing: "callAnswered",
  answered: "callEnded",
  ended: "callCompleted",
};

const shownState = element("callState", HTMLElement);
const shownTime = element("callTime", HTMLElement);
const shownNumber = element("number", HTMLElement);
const shownCaller = element("caller", HTMLElement);

/** Takes note of a message that was sent or came. */
export function follow(type: string): void {
  const state = Object.hasOwn(reached, type) ? reached[type] : undefined;
  if (!state) return;
  const now = Date.now();
  fillAll({ callState: state, callStateAt: now });
  if (state === "answered") fillAll({ answeredAt: now, endedAt: "" }); // what is answered has not ended yet
  if (state === "ended") fill("endedAt", now);
}

let willShow = false;

/** Shows the call as the fields have it: once a frame, however many messages there are in one. */
export function showProgress(): void {
  if (!willShow) requestAnimationFrame(show);
  willShow = true;
}

function show(): void {
  willShow = false;
  const { callState, callStateAt, answeredAt, endedAt, hs_call_direction, callerName, ...call } = read();
  const isInbound = hs_call_direction === "INBOUND";
  shownState.textContent = callState;
  shownState.dataset.state = callState;
  const length = answeredAt && endedAt ? `, ${lasted(endedAt - answeredAt)}` : "";
  shownTime.textContent = callStateAt ? `${new Date(callStateAt).toTimeString().slice(0, 8)}${length}` : "";
  shownNumber.textContent = (isInbound ? call.fromNumber : call.toNumber) || "No number";
  shownCaller.textContent = callerName;
  const following = next[callState] ?? (isInbound ? "incomingCall" : "outgoingCall");
  for (const button of form.querySelectorAll("button")) {
    button.ariaCurrent = button.id === following ? "step" : null;
  }
}

function lasted(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
