// The stand-in: a page that plays HubSpot for any calling app, by the protocol alone. It frames the app by its URL.
import { element } from "../../panel/element.ts";
import type { State } from "../api/state.ts";
import { reasonFor, type Seen } from "../session/diagnosis.ts";
import { openEngagements } from "../session/engagements.ts";
import { type CrmRecord, type PhoneNumber, records } from "../session/records.ts";
import { openSession } from "../session/session.ts";
import { openAlert } from "./alert.ts";
import { openCallingWindow, portalOfWindow, readyIn } from "./calling-window.ts";
import { openChoice } from "./choice.ts";
import { listAnswers, offerEvents, offerReplay, onSettings, presetSettings, readSettings } from "./controls.ts";
import { openElsewhere } from "./elsewhere.ts";
import { openFindings } from "./findings.ts";
import { openHelpDesk } from "./help-desk.ts";
import { openMessages } from "./messages.ts";
import { idOf, listRecords, markRecord } from "./records.ts";
import { appsOf, followRegistry, openCalls } from "./registry.ts";
import { makeScriptable } from "./scripting.ts";
import { openTabs } from "./tabs.ts";
import { openTimeline } from "./timeline.ts";
import { openWidget } from "./widget.ts";

const address = new URL(location.href);
const portalInWindow = portalOfWindow(address);
const own = `${location.protocol}//localhost:${location.port}/`;

const frame = element("frame", HTMLElement);
const openWindow = element("openWindow", HTMLButtonElement);

presetSettings(address.searchParams);
if (portalInWindow !== undefined) {
  presetSettings(new URLSearchParams({ portalId: portalInWindow, iframeLocation: "window" }));
  document.body.dataset.place = "window";
}

const tabs = openTabs(sessionStorage);
const messages = openMessages(tabs);
const helpDesk = openHelpDesk(whoAsks, () => {
  const [record] = records;
  const [phone] = record?.numbers ?? [];
  if (record && phone) dial(record, phone);
});
const elsewhere = openElsewhere(readSettings, messages.addElsewhere);
const widget = openWidget({ open: frameChosen, show: (next) => session.show(next) });
const alert = openAlert();
const calls = openCalls({
  refused: (words) => alert.show("call", words),
  away: (words) => alert.show("calls", words),
  back: () => alert.over("calls"),
});
const engagements = openEngagements(localStorage, (one) => {
  drawTimeline();
  if (one) calls.keep(one);
});
const drawTimeline = openTimeline(tabs, engagements.all, () => session.send("END_CALL"));
const session = openSession(frame, readSettings(), engagements, {
  logged(message, note) {
    messages.add(message, note);
    elsewhere.tell(message);
    helpDesk.sent(message);
    told.message(message);
  },
  found(finding) {
    const message = finding.about === undefined ? undefined : session.messages[finding.about];
    if (message) messages.found(finding, message);
    drawFindings();
  },
  alerted: (words) => alert.show("app", words),
  visible: (next) => widget.visible(next, session.messages.at(-1)?.type === "CALL_COMPLETED"),
  wentTo(record, newTab) {
    if (!newTab) markRecord(record);
    // The tab's storage goes along, and with it the call that runs.
    else window.open(`?${new URLSearchParams({ ...Object.fromEntries(address.searchParams), record: idOf(record) })}`);
  },
  acknowledged(version) {
    widget.status("synced", `SDK ${version}`);
    told.acknowledged(version);
  },
  initialized() {
    widget.status("ready", "Ready");
    told.initialized();
  },
  loggedIn() {}, // what follows it comes with window.hubspot
  unanswered: (url) => void explain(url),
});
const drawFindings = openFindings(tabs, session.findings, messages);
const { hubspot, told, framed } = makeScriptable(session, engagements, dial, () => listAnswers(session));
window.hubspot = hubspot;

// Which app

const choice = openChoice(
  { own, asked: address.searchParams.get("app"), isWindow: portalInWindow !== undefined },
  {
    chose(offer) {
      widget.framed(offer);
      if (offer.mode) {
        const { supportsInboundCalling, usesCallingWindow } = offer.mode;
        const iframeLocation = supportsInboundCalling ? "remote" : "widget";
        takeSettings(new URLSearchParams({ iframeLocation, usesCallingWindow: `${usesCallingWindow}` }));
      }
      frameChosen();
    },
    held(words) {
      session.close();
      widget.status("none", "No app", words);
    },
    complain: (words) => alert.show("address", words),
  },
);
let wasFramed = false;

function frameChosen(): void {
  if (!choice.offer) return;
  if (wasFramed) framed();
  wasFramed = true;
  widget.status("waiting", "Waiting for the app");
  session.open(choice.offer);
}

function takeSettings(given: URLSearchParams): void {
  presetSettings(given);
  Object.assign(session.settings, readSettings());
  offerWindow();
}

const seen = new Map<number, number>();
let registered: string | undefined;

/** What was registered, or changed in a call, by the settings endpoints. */
function takeState(state: State): void {
  alert.over("registry");
  const apps = appsOf(state);
  if (JSON.stringify(apps) !== registered) helpDesk.list(apps);
  registered = JSON.stringify(apps);
  for (const call of Object.values(state.calls)) {
    const { engagementId, by, updatedAt = call.createdAt } = call;
    if (by !== "api" || seen.get(engagementId) === updatedAt) continue;
    seen.set(engagementId, updatedAt);
    engagements.take(call);
  }
  choice.list(apps);
}

function whoAsks() {
  const { portalId, userId } = session.settings;
  return { portalId, userId };
}

// What is shown

async function explain(url: string): Promise<void> {
  widget.status("failed", "No answer");
  const response = await fetch(`/stand-in/headers?url=${encodeURIComponent(url)}`).catch(() => undefined);
  const seen: Seen | undefined = response?.ok ? await response.json() : undefined;
  const reason = reasonFor(url, location.origin, seen);
  widget.status("failed", "No answer", `${url}: ${reason}.`);
  session.report("no-answer", `${url} did not answer SYNC within ${session.settings.timeout} ms: ${reason}`);
}

// Calls

/** With a calling window, the call is dialled there. */
function dial(record: CrmRecord, phone: PhoneNumber): string | undefined {
  const { iframeLocation, usesCallingWindow } = session.settings;
  if (iframeLocation === "remote" && usesCallingWindow) {
    void inWindow(async (opened) =>
      (await readyIn(opened)).dial({ recordId: record.objectId, phoneNumber: phone.number }),
    );
    return undefined;
  }
  if (session.isOpen()) return session.dial(record, phone);
  frameChosen();
  void hubspot.ready.then(() => session.dial(record, phone));
  return undefined;
}

/** Opens the calling window, and does that in it; what goes wrong is an alert. */
async function inWindow(act: (opened: Window) => Promise<void> | void = () => {}): Promise<void> {
  try {
    await act(showCallingWindow());
    alert.over("window");
  } catch (error) {
    alert.show("window", error instanceof Error ? error.message : String(error));
  }
}

function showCallingWindow(): Window {
  const parameters = Object.entries(session.settings).map(([field, value]) => [field, `${value}`]);
  return openCallingWindow(session.settings.portalId, new URLSearchParams(parameters));
}

// What a person does

onSettings((isOfSync) => {
  Object.assign(session.settings, readSettings());
  offerWindow();
  if (isOfSync) frameChosen();
});
function offerWindow(): void {
  const { iframeLocation, usesCallingWindow } = session.settings;
  openWindow.hidden = !(iframeLocation === "remote" && usesCallingWindow);
}
openWindow.onclick = () => void inWindow();
element("reload", HTMLButtonElement).onclick = session.reload;
element("close", HTMLButtonElement).onclick = () => {
  session.close();
  widget.status("closed", "Closed");
};
element("clearEngagements", HTMLButtonElement).onclick = () => {
  engagements.clear();
  calls.clear();
};
window.addEventListener("storage", drawTimeline);

listRecords(dial);
const [objectTypeId, objectId] = address.searchParams.get("record")?.split("/") ?? [];
if (objectTypeId) markRecord({ objectTypeId, objectId });
listAnswers(session);
drawTimeline();
offerEvents(session.send);
offerReplay(
  async ({ type, data }) => {
    if (type !== "READY") return session.send(type, data);
    const fields = Object.entries(data ?? {}).map(([field, value]) => [field, `${value}`]);
    takeSettings(new URLSearchParams(fields));
    frameChosen();
    await Promise.race([hubspot.ready, new Promise((resolve) => setTimeout(resolve, session.settings.timeout))]);
  },
  () => session.messages,
  (on) => {
    session.settings.replaying = on;
  },
);
offerWindow();
choice.list();
followRegistry({ changed: takeState, failed: (words) => alert.show("registry", words) });
