// The timeline of the page: a card for each engagement, the newest first.
import { element, make } from "../../dom/element.ts";
import { clock } from "../../dom/log.ts";
import { callStates, isUnderWay, stateLabels } from "../../protocol/call-states.ts";
import type { Engagement } from "../calls/engagement.ts";
import { records } from "../session/crm-records.ts";
import { cut, onceAFrame, openList } from "./keyed-list.ts";
import { nameOf } from "./records-list.ts";
import type { Tabs } from "./tabs.ts";

/** Ends of a call that nobody answered. */
const unanswered = ["FAILED", "CANCELED", "BUSY", "NO_ANSWER", "REJECTED", "MISSED"];
const ways = { INBOUND: "↙ Inbound", OUTBOUND: "↗ Outbound" };

/**
 * Opens the timeline. What it gives draws it anew.
 * @param engagements all there are, oldest first
 * @param hangUp is offered on a call that runs
 */
export function openTimeline(tabs: Tabs, engagements: () => readonly Engagement[], hangUp: () => void): () => void {
  const empty = element("noEngagements", HTMLElement);
  const draw = openList(element("engagements", HTMLOListElement), (one: Engagement) => drawEngagement(one, hangUp));
  return onceAFrame(() => {
    const all = engagements();
    draw(all.toReversed());
    tabs.count("timelineTab", all.length);
    empty.hidden = all.length > 0;
  });
}

function drawEngagement(engagement: Engagement, hangUp: () => void): HTMLElement {
  const { engagementId, externalCallId, direction, state, properties, createdAt, ghost, duplicate, record } =
    engagement;
  const number = properties[direction === "INBOUND" ? "hs_call_from_number" : "hs_call_to_number"] ?? "";
  const ofNumber = records.find(({ numbers }) => numbers.some((phone) => phone.number === number));
  const name = record ? nameOf(record) : (ofNumber?.name ?? "Nobody’s number");
  const item = make(
    "li",
    { className: "engagement" },
    make("span", { className: "way" }, ways[direction]),
    make("b", {}, name),
    make("time", { dateTime: new Date(createdAt).toISOString() }, clock(createdAt)),
    make("span", { className: "number" }, number || "no number", durationOf(properties)),
    ...(isUnderWay(state) ? [make("button", { type: "button", onclick: hangUp }, "Hang up")] : []),
    make("p", { className: "steps" }, ...stepsOf(engagement)),
    ...(ghost ? [make("em", { title: "It was never completed" }, "ghost call")] : []),
    ...(duplicate ? [make("em", { title: "Its call had an engagement before" }, "duplicate")] : []),
    make(
      "details",
      {},
      make("summary", {}, `engagement ${engagementId}`, make("small", {}, cut(externalCallId))),
      make("pre", {}, cut(JSON.stringify(properties, null, 2))),
    ),
  );
  item.dataset.engagement = `${engagementId}`;
  item.dataset.state = state;
  return item;
}

function stepsOf({ state, answered, properties }: Engagement): HTMLElement[] {
  const at = callStates.indexOf(state);
  const nobodyDid = unanswered.includes(properties.hs_call_status ?? "");
  return callStates.map((step, index) => {
    const isSkipped = step === "answered" && index < at && !(answered ?? !nobodyDid);
    const skipped = nobodyDid ? "not answered" : "callAnswered not sent";
    const item = make("span", {}, isSkipped ? skipped : stateLabels[step]);
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
