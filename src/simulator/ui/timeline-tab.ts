// The timeline of the page: a card for each engagement, the newest first.
import { element, make } from "../../dom/element.ts";
import { formatTime } from "../../dom/format-time.ts";
import { throttleToFrame } from "../../dom/frame-throttle.ts";
import { records } from "../session/crm-records.ts";
import type { Engagement } from "../session/engagements.ts";
import type { Session } from "../session/session.ts";
import type { Timeline } from "../session/timeline.ts";
import { createKeyedList } from "./keyed-list.ts";
import { nameOf } from "./records-list.ts";
import type { Tabs } from "./tabs.ts";
import { truncate } from "./truncate.ts";

/** In the order in which a call comes through them, each with its word. */
const steps = new Map([
  ["created", "started"],
  ["answered", "answered"],
  ["ended", "ended"],
  ["completed", "completed"],
]);
const order = [...steps.keys()];
/** Ends of a call that nobody answered. */
const unanswered = ["FAILED", "CANCELED", "BUSY", "NO_ANSWER", "REJECTED", "MISSED"];
const ways = { INBOUND: "↙ Inbound", OUTBOUND: "↗ Outbound" };

export function createTimelineTab(timeline: Timeline, session: Pick<Session, "send">, tabs: Tabs): void {
  const hangUp = () => session.send("END_CALL");
  const empty = element("noEngagements", HTMLElement);
  const draw = createKeyedList(element("engagements", HTMLOListElement), (one: Engagement) =>
    drawEngagement(one, hangUp),
  );
  const drawSoon = throttleToFrame(() => {
    const all = timeline.all();
    draw(all.toReversed());
    tabs.count("timelineTab", all.length);
    empty.hidden = all.length > 0;
  });
  timeline.on("changed", drawSoon);
  window.addEventListener("storage", drawSoon); // another tab changed the timeline
  drawSoon();
}

function drawEngagement(engagement: Engagement, hangUp: () => void): HTMLElement {
  const { engagementId, externalCallId, direction, state, properties, createdAt, ghost, duplicate, record } =
    engagement;
  const number = properties[direction === "INBOUND" ? "hs_call_from_number" : "hs_call_to_number"] ?? "";
  const ofNumber = records.find(({ numbers }) => numbers.some((phone) => phone.number === number));
  const name = record ? nameOf(record) : (ofNumber?.name ?? "Nobody’s number");
  const runs = state === "created" || state === "answered";
  const item = make(
    "li",
    { className: "engagement" },
    make("span", { className: "way" }, ways[direction]),
    make("b", {}, name),
    make("time", { dateTime: new Date(createdAt).toISOString() }, formatTime(createdAt)),
    make("span", { className: "number" }, number || "no number", durationOf(properties)),
    ...(runs ? [make("button", { type: "button", onclick: hangUp }, "Hang up")] : []),
    make("p", { className: "steps" }, ...stepsOf(engagement)),
    ...(ghost ? [make("em", { title: "It was never completed" }, "ghost call")] : []),
    ...(duplicate ? [make("em", { title: "Its call had an engagement before" }, "duplicate")] : []),
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

function stepsOf({ state, answered, properties }: Engagement): HTMLElement[] {
  const at = order.indexOf(state);
  const nobodyDid = unanswered.includes(properties.hs_call_status ?? "");
  return order.map((step, index) => {
    const isSkipped = step === "answered" && index < at && !(answered ?? !nobodyDid);
    const skipped = nobodyDid ? "not answered" : "callAnswered not sent";
    const item = make("span", {}, isSkipped ? skipped : (steps.get(step) ?? step));
    item.dataset.step = isSkipped ? "skipped" : index <= at ? "done" : "open";
    if (index === at) item.ariaCurrent = "step";
    return item;
  });
}

/** As the app gave it, in milliseconds. */
function durationOf({ hs_call_duration: duration }: Record<string, string>): string {
  if (!duration || !/^\d+$/.test(duration)) return "";
  const seconds = Math.round(Number(duration) / 1000);
  return ` · ${seconds < 60 ? "" : `${Math.floor(seconds / 60)} min `}${seconds % 60} s`;
}
