// How messages change the state of one call.
import { type CallState, isLater } from "../../protocol/call-states.ts";
import type { MessageType } from "../../protocol/message-types.ts";
import type { Call } from "./call.ts";
import { transitions } from "./call-messages.ts";
import type { Message } from "./message.ts";

/** Advances the call's state if the message leads to a later state. Returns whether the message was out of order. */
export function advance(call: Call, type: MessageType, message: Message): boolean {
  const { from = [], to } = transitions[type] ?? {};
  const isMeant = call.meantState !== undefined && from.includes(call.meantState);
  const isOutOfOrder =
    transitions[type] !== undefined && !from.includes(call.state) && !call.inferredStates.has(call.state) && !isMeant;
  if (!to) return isOutOfOrder;
  // The message for the skipped state may follow, and must not also be reported as out of order.
  if (isOutOfOrder && isLater(to, call.state)) call.inferredStates.add(to);
  call.reachedBy[to] ??= message;
  if (isLater(to, call.state)) call.state = to;
  else if (call.state === to) call.inferredStates.delete(to);
  return isOutOfOrder;
}

/**
 * Records the state that the app probably meant by a message without the call's id. If the message contains no id at all, also
 * changes the call's state.
 * @param hasIds whether the message contains an id, which then is not this call's id
 */
export function inferState(call: Call, type: MessageType, hasIds: boolean): void {
  const state = transitions[type]?.to;
  if (!state || !isLater(state, call.state)) return;
  call.meantState = state;
  if (hasIds) return;
  call.state = state;
  call.inferredStates.add(state);
}

/** Updates the call's state, which another tab may have advanced on the timeline. */
export function catchUp(call: Call, state: CallState | undefined): Call {
  if (state && isLater(state, call.state)) call.state = state;
  return call;
}
