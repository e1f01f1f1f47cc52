// The timeline of the page: a card for each engagement, the newest first. Only those that changed are drawn again.
import { element, make } from "../../panel/element.ts";
import { clock } from "../../panel/log.ts";
import type { Engagement } from "../session/engagements.ts";
import { records } from "../session/records.ts";
import type { Tabs } from "./tabs.ts";

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

/**
 * Opens the timeline.
 * @param hangUp is offered on a call that runs
 */
export function openTimeline(tabs: Tabs, hangUp: () => void) {
  const list = element("engagements", HTMLOListElement);
  const empty = element("noEngagements", HTMLElement);
  const drawn = new Map<number, { json: string; item: HTMLElement }>();

  return {
    /** Shows these engagements, which are given oldest first. */
    list(engagements: readonly Engagement[]): void {
      const ids = new Set(engagements.map(({ engagementId }) => engagementId));
      for (const [id, { item }] of drawn) {
        if (ids.has(id)) continue;
        item.remove();
        drawn.delete(id);
      }
      for (const [index, engagement] of engagements.entries()) {
        const json = JSON.stringify(engagement);
        const known = drawn.get(engagement.engagementId);
        if (known?.json === json) continue;
        const item = draw(engagement, hangUp);
        // Whoever reads the properties goes on reading.
        if (known?.item.querySelector("details")?.open) item.querySelector("details")?.setAttribute("open", "");
        if (known) known.item.replaceWith(item);
        else list.insertBefore(item, list.children[list.childElementCount - index] ?? null);
        drawn.set(engagement.engagementId, { json, item });
      }
      tabs.count("timelineTab", engagements.length);
      empty.hidden = engagements.length > 0;
    },
  };
}

function draw(engagement: Engagement, hangUp: () => void): HTMLElement {
  const { engagementId, externalCallId, direction, state, properties, createdAt, ghost, duplicate } = engagement;
  const number = properties[direction === "INBOUND" ? "hs_call_from_number" : "hs_call_to_number"] ?? "";
  const record = records.find(({ numbers }) => numbers.some((phone) => phone.number === number));
  const runs = state === "created" || state === "answered";
  const item = make(
    "li",
    { className: "engagement" },
    make("span", { className: "way" }, ways[direction]),
    make("b", {}, record?.name ?? "Nobody’s number"),
    make("time", { dateTime: new Date(createdAt).toISOString() }, clock(createdAt)),
    make("span", { className: "number" }, number || "no number", durationOf(properties)),
    ...(runs ? [make("button", { type: "button", onclick: hangUp }, "Hang up")] : []),
    make("ol", { className: "steps", ariaLabel: `State: ${steps.get(state)}` }, ...stepsOf(state, properties)),
    ...(ghost ? [make("em", { title: "It was never completed" }, "ghost call")] : []),
    ...(duplicate ? [make("em", { title: "Its call had an engagement before" }, "duplicate")] : []),
    make(
      "details",
      {},
      make("summary", {}, `engagement ${engagementId}`, make("small", {}, externalCallId)),
      make("pre", {}, JSON.stringify(properties, null, 2)),
    ),
  );
  item.dataset.engagement = `${engagementId}`;
  item.dataset.state = state;
  return item;
}

function stepsOf(state: string, { hs_call_status: status = "" }: Record<string, string>): HTMLElement[] {
  const at = order.indexOf(state);
  return order.map((step, index) => {
    const isSkipped = step === "answered" && index < at && unanswered.includes(status);
    const item = make("li", {}, isSkipped ? "not answered" : (steps.get(step) ?? step));
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
