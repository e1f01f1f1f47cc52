// Filters the timeline by app and by day.
import { element } from "../../../dom/element.ts";
import { formatDay } from "../../../dom/format-time.ts";
import type { Engagement } from "../../calls/engagement.ts";
import { appOf } from "./timeline-item.ts";

export function createTimelineFilter(onChange: () => void) {
  const filters = [
    { select: element("timelineApp", HTMLSelectElement), all: "All apps", textOf: appOf },
    {
      select: element("timelineDay", HTMLSelectElement),
      all: "All days",
      textOf: ({ createdAt }: Engagement) => formatDay(createdAt),
    },
  ];
  for (const { select } of filters) select.onchange = onChange;

  return {
    /** Returns the matching engagements. Updates the options with the apps and days of all engagements. */
    apply(engagements: readonly Engagement[]): Engagement[] {
      for (const { select, all, textOf } of filters) offer(select, all, new Set(engagements.map(textOf)));
      return engagements.filter((engagement) =>
        filters.every(({ select, textOf }) => !select.value || select.value === textOf(engagement)),
      );
    },
  };
}

/** Keeps the user's selection if `values` contains it. */
function offer(select: HTMLSelectElement, all: string, values: ReadonlySet<string>): void {
  const offered = [...select.options].slice(1).map(({ value }) => value);
  if (select.options.length > 0 && offered.join("\n") === [...values].join("\n")) return;
  const { value: selected } = select;
  select.replaceChildren(new Option(all, ""), ...[...values].map((value) => new Option(value)));
  select.value = values.has(selected) ? selected : "";
}
