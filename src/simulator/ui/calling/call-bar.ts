// The call bar below the tabs: lists the calls in progress of the app in this tab, and ends them. An app can have several calls,
// because an inbound call can wait during another call.
import { element, make } from "../../../dom/element.ts";
import { throttleToFrame } from "../../../dom/frame-throttle.ts";
import { stateLabels } from "../../../protocol/call-states.ts";
import type { CallInProgress } from "../../session/calls-in-progress.ts";
import type { RecordId } from "../../session/crm-records.ts";
import type { Session } from "../../session/session.ts";
import type { SessionEvents } from "../../session/session-events.ts";
import type { Timeline } from "../../session/timeline.ts";
import { callTitle } from "../common/call-title.ts";
import { createKeyedList } from "../common/keyed-list.ts";
import { truncate } from "../common/truncate.ts";
import { endingText } from "./hang-up.ts";

/** The events that can change the calls in progress. */
export const callEvents = [
  "messageReceived",
  "messageSent",
  "endOverdue",
  "loading",
  "ended",
  "chosen",
] as const satisfies readonly (keyof SessionEvents)[];

type Row = { call: CallInProgress; recordName: string | undefined; isOnlyCall: boolean };

export function createCallBar(
  session: Pick<Session, "on" | "calls" | "hangUp">,
  timeline: Timeline,
  recordName: (record: RecordId) => string,
): void {
  const renderList = createKeyedList(element("calls", HTMLElement), (row: Row) =>
    createRow(row, () => session.hangUp(row.call)),
  );
  const renderSoon = throttleToFrame(() => {
    const { calls } = session;
    renderList(
      calls.map((call) => {
        return { call, recordName: call.record && recordName(call.record), isOnlyCall: calls.length === 1 };
      }),
    );
  });
  for (const event of callEvents) session.on(event, renderSoon);
  timeline.on("changed", renderSoon);
  window.addEventListener("storage", renderSoon); // Another tab may have ended the call.
  renderSoon();
}

function createRow({ call, recordName, isOnlyCall }: Row, onclick: () => void): HTMLElement {
  const { direction, number, state, isActive, isEnding } = call;
  const name = callTitle(direction, recordName, number);
  const place = isActive ? "active" : "waiting";
  const stateText = isOnlyCall ? stateLabels[state] : `${stateLabels[state]}, ${place}`;
  const row = make(
    "li",
    {},
    make("b", { dir: "auto", title: number }, truncate(name)),
    make("span", { role: "status" }, isEnding ? endingText : stateText),
  );
  const button = make("button", { type: "button", onclick, ariaLabel: `Hang up: ${name}` }, "Hang up");
  if (!isEnding) row.append(button);
  if (isActive) row.ariaCurrent = "true";
  return row;
}
