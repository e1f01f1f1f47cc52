// A timeline entry: the call as HubSpot shows it, followed by the call's steps and properties.
import { make } from "../../../dom/element.ts";
import { formatDay, formatTime } from "../../../dom/format-time.ts";
import { isUnanswered } from "../../../protocol/call-end-status.ts";
import { callStates, isUnderWay, stateLabels } from "../../../protocol/call-states.ts";
import { storedNumber } from "../../calls/call-number.ts";
import type { Engagement } from "../../calls/engagement.ts";
import { endingText } from "../calling/hang-up.ts";
import { callTitle } from "../common/call-title.ts";
import { truncate } from "../common/truncate.ts";

/** An engagement, and its record's name if the engagement has a record. `isEnding`: HubSpot has sent END_CALL. */
export type TimelineEntry = { engagement: Engagement; recordName: string | undefined; isEnding: boolean };

const directionLabels = { INBOUND: "↙ Inbound", OUTBOUND: "↗ Outbound" };

const updateFailedText =
  "HubSpot replied to callCompleted with UPDATE_ENGAGEMENT_FAILED, so it did not store the call's properties.";

export function createTimelineItem(
  { engagement, recordName, isEnding }: TimelineEntry,
  { hangUp, remove }: { hangUp(): void; remove(): void },
): HTMLElement {
  const { engagementId, externalCallId, direction, state, properties, createdAt, ghost, updateFailed, duplicate } =
    engagement;
  const number = storedNumber(engagement) ?? "";
  const title = properties.hs_call_title || callTitle(direction, recordName, number);
  const item = make(
    "li",
    { className: "engagement" },
    make("span", { className: "way" }, directionLabels[direction]),
    make("b", { className: "title", dir: "auto" }, truncate(title)),
    make("time", { dateTime: new Date(createdAt).toISOString() }, whenOf(createdAt)),
    ...(properties.hs_call_body ? [make("p", { className: "notes" }, truncate(properties.hs_call_body))] : []),
    make("p", { className: "facts" }, ...createFacts(engagement, number, recordName)),
    ...(isUnderWay(state) ? [createHangUpButton(isEnding, hangUp)] : []),
    make("p", { className: "steps" }, ...createSteps(engagement)),
    make("button", { type: "button", onclick: remove, ariaLabel: `Delete: ${truncate(title)}` }, "Delete"),
    ...(ghost ? [make("em", { title: "The app did not send callCompleted for this call." }, "ghost call")] : []),
    ...(updateFailed ? [make("em", { className: "updateFailed", title: updateFailedText }, "update failed")] : []),
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

function createHangUpButton(isEnding: boolean, onclick: () => void): HTMLElement {
  if (isEnding) return make("p", { className: "ending", role: "status" }, endingText);
  return make("button", { type: "button", onclick }, "Hang up");
}

function createFacts(engagement: Engagement, number: string, recordName: string | undefined): HTMLElement[] {
  const facts: [className: string, text: string][] = [
    ["number", number || "no number"],
    ["duration", durationOf(engagement.properties)],
    ["status", statusOf(engagement.properties)],
    ["disposition", dispositionOf(engagement.properties)],
    ["recordName", recordName ?? "no record"],
    ["app", appOf(engagement)],
  ];
  return facts.flatMap(([className, text]) => (text ? [make("span", { className, dir: "auto" }, truncate(text))] : []));
}

/** Formats the time of day. Adds the date unless it is today's date. */
function whenOf(at: number): string {
  const day = formatDay(at);
  return day === formatDay(Date.now()) ? formatTime(at) : `${day} ${formatTime(at)}`;
}

/** Returns the readable status, for example "No answer" for `NO_ANSWER`. */
const statusOf = ({ hs_call_status: status = "" }: Record<string, string>): string =>
  status.charAt(0) + status.slice(1).toLowerCase().replaceAll("_", " ");

/** Returns the disposition, which can be an id or any other text. The simulator does not know the names of the ids. */
const dispositionOf = ({ hs_call_disposition: disposition }: Record<string, string>): string =>
  disposition ? `Disposition ${disposition}` : "";

export function appOf({ app, reportedSteps }: Engagement): string {
  return app?.name ?? (reportedSteps ? "REST API" : "unknown app");
}

/** For a call that the API created, the simulator knows only the steps that an app reported. */
function createReportedSteps(reported: readonly string[]): HTMLElement[] {
  const labels = callStates.filter((state) => reported.includes(state)).map((state) => stateLabels[state]);
  const items = ["logged by the REST API", ...labels].map((label) => make("span", {}, label));
  for (const item of items) item.dataset.step = "done";
  items.at(-1)?.setAttribute("aria-current", "step");
  return items;
}

function createSteps({ state, answered, properties, reportedSteps, updateFailed }: Engagement): HTMLElement[] {
  if (reportedSteps) return createReportedSteps(reportedSteps);
  const at = callStates.indexOf(state);
  const wasUnanswered = isUnanswered(properties.hs_call_status);
  return callStates.map((step, index) => {
    const isSkipped = step === "answered" && index < at && !(answered ?? !wasUnanswered);
    const skipped = wasUnanswered ? "not answered" : "callAnswered not sent";
    const item = make("span", {}, isSkipped ? skipped : stateLabels[step]);
    item.dataset.step = isSkipped ? "skipped" : index <= at ? "done" : "open";
    if (step === "completed" && index === at && updateFailed) item.dataset.step = "failed";
    if (index === at) item.ariaCurrent = "step";
    return item;
  });
}

/** Formats the call's duration. Returns "" if the duration is missing or is not a number of milliseconds. */
function durationOf({ hs_call_duration: durationMs }: Record<string, string>): string {
  if (!durationMs || !/^\d+$/.test(durationMs)) return "";
  const seconds = Math.round(Number(durationMs) / 1000);
  return `${seconds < 60 ? "" : `${Math.floor(seconds / 60)} min `}${seconds % 60} s`;
}
