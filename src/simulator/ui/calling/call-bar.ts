// The call bar below the tabs: lists the calls in progress of the app in this tab, and ends them. An app can have several calls,
// because an inbound call can wait during another call.
import { element, make } from "../../../dom/element.ts";
import { throttleToFrame } from "../../../dom/frame-throttle.ts";
import { stateLabels } from "../../../protocol/call-states.ts";
import type { CallInProgress } from "../../crm/calls-in-progress.ts";
import type { RecordId } from "../../crm/crm-records.ts";
import type { Timeline } from "../../crm/timeline.ts";
import type { Session } from "../../session/session.ts";
import type { SessionEvents } from "../../session/session-events.ts";
import { markCall } from "../common/call-color.ts";
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

type Row = {
  call: CallInProgress;
  recordName: string | undefined;
  hue: number | undefined;
  isOnlyCall: boolean;
  /** When to remove the row of a call that is over: a Unix time in milliseconds. */
  removeAt?: number;
};

/**
 * The row of an ended call keeps its place for at least this time, and until the pointer has left the bar. Otherwise, another
 * call's button could move under the pointer between two clicks. Our choice.
 */
const pauseMs = 2000;

export function createCallBar(
  session: Pick<Session, "on" | "calls" | "hangUp">,
  timeline: Timeline,
  recordName: (record: RecordId) => string,
  hueOf: (call: CallInProgress) => number | undefined,
) {
  const list = element("calls", HTMLElement);
  const renderList = createKeyedList(list, (row: Row) => createRow(row, () => session.hangUp(row.call)));
  let rows: Row[] = [];
  let timer: number | undefined;
  const renderSoon = throttleToFrame(() => {
    const { calls } = session;
    const running = calls.map((call): Row => {
      const name = call.record && recordName(call.record);
      return { call, recordName: name, hue: hueOf(call), isOnlyCall: calls.length === 1 };
    });
    rows = withEnded(rows, running, Date.now(), list.matches(":hover"));
    renderList(rows);
    window.clearTimeout(timer);
    if (rows.length > running.length) timer = window.setTimeout(renderSoon, pauseMs);
  });
  for (const event of callEvents) session.on(event, renderSoon);
  timeline.on("changed", renderSoon);
  window.addEventListener("storage", renderSoon); // Another tab may have ended the call.
  renderSoon();

  /** Schedules rendering for the next animation frame. */
  return { render: renderSoon };
}

/**
 * If a call is in progress, keeps the rows of calls that ended a moment ago, or while the pointer is over the bar. The bar's
 * lower edge does not move. The rows of new calls come first, so that the other rows keep their places, also after a reload.
 */
function withEnded(before: readonly Row[], running: readonly Row[], now: number, isHovered: boolean): Row[] {
  if (running.length === 0) return [];
  const kept = before.flatMap((row) => {
    const current = running.find(({ call }) => isSame(call, row.call));
    if (current) return [current];
    const { removeAt = now + pauseMs } = row;
    return removeAt > now || isHovered ? [{ ...row, removeAt }] : [];
  });
  // Calls without ids cannot be told apart, so two rows may have become the same row.
  const added = running.filter((row) => !kept.includes(row)).reverse();
  return [...added.toSorted((a, b) => b.call.startedAt - a.call.startedAt), ...new Set(kept)];
}

/** A call gets its engagementId after its row has appeared. */
const isSame = (a: CallInProgress, b: CallInProgress) =>
  a.externalCallId === b.externalCallId &&
  (a.engagementId === undefined || b.engagementId === undefined || a.engagementId === b.engagementId);

function createRow({ call, recordName, hue, isOnlyCall, removeAt }: Row, onclick: () => void): HTMLElement {
  const { direction, number, state, isActive, isEnding } = call;
  const name = callTitle(direction, recordName, number);
  const place = isActive ? "active" : "waiting";
  const isOver = removeAt !== undefined;
  const stateText = isOnlyCall ? stateLabels[state] : `${stateLabels[state]}, ${place}`;
  const runningText = isEnding ? endingText : stateText;
  const title = make("b", { dir: "auto", title: number }, truncate(name));
  markCall(title, hue);
  const row = make("li", {}, title, make("span", { role: "status" }, isOver ? stateLabels.ended : runningText));
  const button = make("button", { type: "button", onclick, ariaLabel: `Hang up: ${name}` }, "Hang up");
  if (!isEnding && !isOver) row.append(button);
  if (isActive && !isOver) row.ariaCurrent = "true";
  return row;
}
