// Hangs up a call on the timeline. END_CALL does not identify a call, so the simulator sends the event only to the app that
// has the call, in this tab or in another tab.
import * as v from "valibot";
import type { CallIds, Engagement } from "../../calls/engagement.ts";
import type { Session } from "../../session/session.ts";
import type { Alert } from "../common/alert.ts";

const channelName = "hang up";
/** How long to wait for the tab that has the call. Our choice. */
const timeoutMs = 1000;

const request = v.object({ hangUp: v.object({ engagementId: v.number(), externalCallId: v.string() }) });
const answer = v.object({ hungUp: v.number() });

type HangUpSession = Pick<Session, "isRunningHere" | "send">;

export function createHangUp(session: HangUpSession, alert: Alert): (engagement: Engagement) => void {
  const channel = new BroadcastChannel(channelName);
  const timers = new Map<number, number>();

  function endHere(call: CallIds): boolean {
    if (!session.isRunningHere(call)) return false;
    session.send("END_CALL");
    return true;
  }

  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (v.is(request, data) && endHere(data.hangUp)) channel.postMessage({ hungUp: data.hangUp.engagementId });
    if (v.is(answer, data)) window.clearTimeout(timers.get(data.hungUp));
  };

  return (engagement) => {
    alert.hide("hangUp");
    const { engagementId, externalCallId } = engagement;
    if (endHere(engagement)) return;
    channel.postMessage({ hangUp: { engagementId, externalCallId } });
    window.clearTimeout(timers.get(engagementId));
    const timer = window.setTimeout(() => alert.show("hangUp", notRunningText(engagement)), timeoutMs);
    timers.set(engagementId, timer);
  };
}

const notRunningText = ({ app }: Engagement) =>
  `END_CALL was not sent, because no open tab reported that it has this call. ${app?.name ?? "The app"} was probably unloaded before it sent callEnded, so the call stays unfinished.`;
