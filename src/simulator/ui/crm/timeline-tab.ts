// The Timeline tab: lists the newest engagements that match the filter, newest first.
import { element } from "../../../dom/element.ts";
import { throttleToFrame } from "../../../dom/frame-throttle.ts";
import type { Engagement } from "../../calls/engagement.ts";
import type { RecordStore } from "../../crm/record-store.ts";
import type { Timeline } from "../../crm/timeline.ts";
import type { Session } from "../../session/session.ts";
import { callEvents } from "../calling/call-bar.ts";
import type { HangUp } from "../calling/hang-up.ts";
import { createKeyedList } from "../common/keyed-list.ts";
import type { Tabs } from "../common/tabs.ts";
import { createClearTimeline, deleteCalls } from "./clear-timeline.ts";
import { nameOf } from "./record-id.ts";
import { createTimelineFilter } from "./timeline-filter.ts";
import { createTimelineItem, type TimelineEntry } from "./timeline-item.ts";

const maxListed = 200;

export function createTimelineTab(
  timeline: Timeline,
  { on }: Pick<Session, "on">,
  hangUp: HangUp,
  records: RecordStore,
  tabs: Tabs,
): void {
  const empty = element("noEngagements", HTMLElement);
  const more = element("moreEngagements", HTMLElement);
  const noMatch = element("noMatchingEngagements", HTMLElement);
  const renderList = createKeyedList(element("engagements", HTMLOListElement), (entry: TimelineEntry) =>
    createTimelineItem(entry, {
      hangUp: () => hangUp.press(entry.engagement),
      remove: () => void deleteCalls(timeline, [entry.engagement]),
    }),
  );
  const entryOf = (engagement: Engagement): TimelineEntry => {
    const { record } = engagement;
    const recordName = record && nameOf(records.all(), record);
    return { engagement, recordName, isEnding: hangUp.isEnding(engagement) };
  };
  const matchingCalls = () => filter.apply(timeline.all().toReversed());
  const renderSoon = throttleToFrame(() => {
    const matching = matchingCalls();
    const { length } = timeline.all();
    renderList(matching.slice(0, maxListed).map(entryOf));
    more.hidden = matching.length <= maxListed;
    more.textContent = `The list shows the newest ${maxListed} of ${matching.length} calls. Filter the list to see older calls.`;
    tabs.count("timelineTab", length);
    empty.hidden = length > 0;
    noMatch.hidden = length === 0 || matching.length > 0;
  });
  const filter = createTimelineFilter(renderSoon);
  createClearTimeline(timeline, matchingCalls);
  timeline.on("changed", renderSoon);
  for (const event of callEvents) on(event, renderSoon);
  hangUp.onChange(renderSoon);
  records.on("changed", renderSoon);
  window.addEventListener("storage", renderSoon); // Another tab may have changed the timeline.
  renderSoon();
}
