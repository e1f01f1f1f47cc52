// Deletes calls from the timeline after the user confirms: the calls that match the filter, or a single call.
import { element } from "../../../dom/element.ts";
import { isUnderWay } from "../../../protocol/call-states.ts";
import type { Engagement } from "../../calls/engagement.ts";
import type { Timeline } from "../../crm/timeline.ts";
import { showConfirmDialog } from "../common/confirm-dialog.ts";
import { truncate } from "../common/truncate.ts";
import { appOf } from "./timeline-item.ts";

const maxNamedApps = 3;

/** @param matching returns the calls that match the filter */
export function createClearTimeline(timeline: Timeline, matching: () => readonly Engagement[]): void {
  element("clearEngagements", HTMLButtonElement).onclick = () => void deleteCalls(timeline, matching());
}

export async function deleteCalls(timeline: Timeline, calls: readonly Engagement[]): Promise<void> {
  if (calls.length === 0 || !(await showConfirmDialog(questionFor(calls), "Delete"))) return;
  const ids = new Set(calls.map(({ engagementId }) => engagementId));
  if (timeline.all().every(({ engagementId }) => ids.has(engagementId))) timeline.clear();
  else timeline.remove(ids);
}

function questionFor(calls: readonly Engagement[]): string {
  const counts = new Map<string, number>();
  for (const call of calls) counts.set(appOf(call), (counts.get(appOf(call)) ?? 0) + 1);
  const named = [...counts].map(([app, count]) => `${countOf(count)} of ${truncate(app)}`);
  const which =
    named.length > maxNamedApps
      ? `${countOf(calls.length)} of ${named.length} apps`
      : new Intl.ListFormat("en").format(named);
  const runningCount = calls.filter(({ state }) => isUnderWay(state)).length;
  const running =
    runningCount > 0 ? ` ${countOf(runningCount)} ${runningCount === 1 ? "has" : "have"} not ended yet.` : "";
  return `Delete ${which}?${running} You cannot undo this.`;
}

const countOf = (count: number) => `${count} ${count === 1 ? "call" : "calls"}`;
