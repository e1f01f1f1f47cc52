// The Timeline tab: lists the engagements, newest first.
import { element, make } from "../../dom/element.ts";
import { formatTime } from "../../dom/format-time.ts";
import { throttleToFrame } from "../../dom/frame-throttle.ts";
import { isUnanswered } from "../../protocol/call-end-status.ts";
import { callStates, isUnderWay, stateLabels } from "../../protocol/call-states.ts";
import type { Engagement } from "../calls/engagement.ts";
import type { RecordStore } from "../session/record-store.ts";
import type { Timeline } from "../session/timeline.ts";
import { createKeyedList } from "./keyed-list.ts";
import { nameOf } from "./records-list.ts";
import type { Tabs } from "./tabs.ts";
import { truncate } from "./truncate.ts";

const directionLabels = { INBOUND: "↙ Inbound", OUTBOUND: "↗ Outbound" };

export function createTimelineTab(
  timeline: Timeline,
  hangUp: (engagement: Engagement) => void,
  records: RecordStore,
  tabs: Tabs,
): void {
  const empty = element("noEngagements", HTMLElement);
  const renderList = createKeyedList(element("engagements", HTMLOListElement), (engagement: Engagement) =>
    createEngagementItem(engagement, engagement.record && nameOf(records.all(), engagement.record), () =>
      hangUp(engagement),
    ),
  );
  const renderSoon = throttleToFrame(() => {
    const all = timeline.all();
    renderList(all.toReversed());
    tabs.count("timelineTab", all.length);
    empty.hidden = all.length > 0;
  });
  timeline.on("changed", renderSoon);
  window.addEventListener("storage", renderSoon); // Another tab changed the timeline.
  renderSoon();
}

function createEngagementItem(
  engagement: Engagement,
  name: string = "Unknown number",
  hangUp: () => void,
): HTMLElement {
  const { engagementId, externalCallId, direction, state, properties, createdAt, ghost, duplicate } = engagement;
  const number = properties[direction === "INBOUND" ? "hs_call_from_number" : "hs_call_to_number"] ?? "";
  const title = properties.hs_call_title ?? "";
  const item = make(
    "li",
    { className: "engagement" },
    make("span", { className: "way" }, directionLabels[direction]),
    make("b", {}, name),
    make("time", { dateTime: new Date(createdAt).toISOString() }, formatTime(createdAt)),
    ...(title ? [make("span", { className: "title" }, truncate(title))] : []),
    make("span", { className: "number" }, number || "no number", durationOf(properties)),
    ...(isUnderWay(state) ? [make("button", { type: "button", onclick: hangUp }, "Hang up")] : []),
    make("small", { className: "app" }, appOf(engagement)),
    make("p", { className: "steps" }, ...createSteps(engagement)),
    ...(ghost ? [make("em", { title: "The app did not send callCompleted for this call." }, "ghost call")] : []),
    ...(duplicate ? [make("em", { title: "This call already had an engagement." }, "duplicate")] : []),
    make(
      "details",
      {},
      make("summary", {}, `engagement ${engagementId}`, make("small", {}, truncate(externalCallId))),
      make("pre", {}, truncate(JSON.stringify(properties, null, 2))),
    ),
  );
  item.dataset.engagement = `${engagementId}`;
  item.dataset.state = state;
  return item;
}

/** The name of the app that has the call. */
function appOf({ app, reportedSteps }: Engagement): string {
  return truncate(app?.name ?? (reportedSteps ? "REST API" : "unknown app"));
}

/** Of a call that the API created, only the steps that an app reported are known. */
function createReportedSteps(reported: readonly string[]): HTMLElement[] {
  const labels = callStates.filter((state) => reported.includes(state)).map((state) => stateLabels[state]);
  const items = ["logged by the REST API", ...labels].map((label) => make("span", {}, label));
  for (const item of items) item.dataset.step = "done";
  items.at(-1)?.setAttribute("aria-current", "step");
  return items;
}

function createSteps({ state, answered, properties, reportedSteps }: Engagement): HTMLElement[] {
  if (reportedSteps) return createReportedSteps(reportedSteps);
  const at = callStates.indexOf(state);
  const wasUnanswered = isUnanswered(properties.hs_call_status);
  return callStates.map((step, index) => {
    const isSkipped = step === "answered" && index < at && !(answered ?? !wasUnanswered);
    const skipped = wasUnanswered ? "not answered" : "callAnswered not sent";
    const item = make("span", {}, isSkipped ? skipped : stateLabels[step]);
    item.dataset.step = isSkipped ? "skipped" : index <= at ? "done" : "open";
    if (index === at) item.ariaCurrent = "step";
    return item;
  });
}

/** Formats the app's duration. Returns "" if it is not a number of milliseconds. */
function durationOf({ hs_call_duration: durationMs }: Record<string, string>): string {
  if (!durationMs || !/^\d+$/.test(durationMs)) return "";
  const seconds = Math.round(Number(durationMs) / 1000);
  return ` · ${seconds < 60 ? "" : `${Math.floor(seconds / 60)} min `}${seconds % 60} s`;
}
