// Hangs up a call on the timeline. END_CALL has no documented ids, so the simulator sends the event only to the app that has
// the call, in this tab or in another tab.
import * as v from "valibot";
import { isUnderWay } from "../../../protocol/call-states.ts";
import type { CallIds, Engagement } from "../../calls/engagement.ts";
import { startTimer } from "../../common/start-timer.ts";
import type { Session } from "../../session/session.ts";
import type { Alert } from "../common/alert.ts";

const channelName = "hang up";
/** How long to wait for the tab that has the call. Our choice. */
const timeoutMs = 1000;

const request = v.object({ hangUp: v.object({ engagementId: v.number(), externalCallId: v.string() }) });
const answer = v.object({ hungUp: v.number() });

type HangUpSession = Pick<Session, "isRunningHere" | "hangUp" | "calls"> & { readonly settings: { timeout: number } };

export type HangUp = ReturnType<typeof createHangUp>;

export function createHangUp(session: HangUpSession, alert: Alert) {
  const channel = new BroadcastChannel(channelName);
  const timers = new Map<number, number>();
  /** The calls that another tab is ending. */
  const endingElsewhere = new Set<number>();
  let onChange = () => {};

  function endHere(call: CallIds): boolean {
    if (!session.isRunningHere(call)) return false;
    session.hangUp(call);
    return true;
  }

  function endsElsewhere(engagementId: number): void {
    window.clearTimeout(timers.get(engagementId));
    endingElsewhere.add(engagementId);
    onChange();
    startTimer(() => {
      endingElsewhere.delete(engagementId);
      onChange();
    }, session.settings.timeout);
  }

  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (v.is(request, data) && endHere(data.hangUp)) channel.postMessage({ hungUp: data.hangUp.engagementId });
    if (v.is(answer, data)) endsElsewhere(data.hungUp);
  };

  return {
    press(engagement: Engagement): void {
      alert.hide("hangUp");
      const { engagementId, externalCallId } = engagement;
      if (endHere(engagement)) return;
      channel.postMessage({ hangUp: { engagementId, externalCallId } });
      window.clearTimeout(timers.get(engagementId));
      const timer = window.setTimeout(() => alert.show("hangUp", notRunningText(engagement)), timeoutMs);
      timers.set(engagementId, timer);
    },
    /** Whether the simulator is waiting for the app's CALL_ENDED. */
    isEnding({ engagementId, state }: Engagement): boolean {
      if (!isUnderWay(state)) return false;
      const isEndingHere = session.calls.some((call) => call.engagementId === engagementId && call.isEnding);
      return isEndingHere || endingElsewhere.has(engagementId);
    },
    /** @param listener is called after a call in another tab starts or stops ending */
    onChange(listener: () => void): void {
      onChange = listener;
    },
  };
}

/** Shown until the app answers END_CALL, or until the time limit expires. */
export const endingText = "Waiting for CALL_ENDED (callEnded)";

const notRunningText = ({ app }: Engagement) =>
  `END_CALL was not sent, because no open tab reported that it has this call. ${app?.name ?? "The app"} was probably unloaded before it sent callEnded, so the call stays unfinished.`;
