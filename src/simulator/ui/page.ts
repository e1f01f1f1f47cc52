// The simulator: a page that plays HubSpot for any calling app, by the protocol alone. It frames the app by its URL.
import { element } from "../../dom/element.ts";
import type { State } from "../api/state.ts";
import { records } from "../session/crm-records.ts";
import { openEngagements } from "../session/engagements.ts";
import { openSession } from "../session/session.ts";
import { createAlert } from "./alert.ts";
import { createCalling } from "./call-button.ts";
import { createCallSync } from "./call-sync.ts";
import { portalOfWindow } from "./calling-window.ts";
import { createConnectionCard } from "./connection-card.ts";
import { createFindingsTab } from "./findings-tab.ts";
import { createHelpDeskTab } from "./help-desk-tab.ts";
import { createMessagesTab } from "./messages-tab.ts";
import { createOtherTabs } from "./other-tabs.ts";
import { createProviderPicker } from "./provider-picker.ts";
import { createReadiness } from "./readiness.ts";
import { idOf, listRecords, markRecord } from "./records-list.ts";
import { createReplayTab } from "./replay-tab.ts";
import { renderRepliesTab } from "./replies-tab.ts";
import { createSendEventTab } from "./send-event-tab.ts";
import { appsOf, subscribeToServerState } from "./server-state.ts";
import { onSettingsChange, presetSettings, readSettings } from "./session-tab.ts";
import { createTabs } from "./tabs.ts";
import { createTimelineTab } from "./timeline-tab.ts";
import { createWidget } from "./widget.ts";
import { createWindowHubspot } from "./window-hubspot.ts";

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

const tabs = createTabs(sessionStorage);
const messages = createMessagesTab(tabs);
const elsewhere = createOtherTabs(readSettings, messages.addElsewhere);
const helpDesk = createHelpDeskTab(whoAsks, () => {
  const [record] = records;
  const [phone] = record?.numbers ?? [];
  if (record && phone) void calling.press(record, phone);
});
const widget = createWidget({ open: retry, show: (next) => session.show(next) });
const alert = createAlert();
const calls = createCallSync({
  refused: (words) => alert.show("call", words),
  away: (words) => alert.show("calls", words),
  back: () => alert.over("calls"),
});
const engagements = openEngagements(localStorage, (one) => {
  drawTimeline();
  if (one) calls.keep(one);
});
const drawTimeline = createTimelineTab(tabs, engagements.all, () => session.send("END_CALL"));
const session = openSession(frame, readSettings(), engagements, {
  logged(message, note) {
    messages.add(message, note);
    elsewhere.tell(message);
    helpDesk.sent(message);
    took(message);
    if (message.from === "app") replay.took(message);
  },
  found(finding) {
    const { rule, message, about } = finding;
    const told = about === undefined ? undefined : session.messages[about];
    if (told) messages.found(finding, told);
    drawFindings();
    if (rule === "no-answer") fail(message, "No answer");
    if (rule === "not-initialized") fail(message, "Not initialized");
  },
  alerted: (words) => alert.show("app", words),
  visible: widget.visible,
  wentTo(record, newTab) {
    if (!newTab) markRecord(record);
    // The tab's storage goes along, and with it the call that runs.
    else window.open(`?${new URLSearchParams({ ...Object.fromEntries(address.searchParams), record: idOf(record) })}`);
  },
  framed(url) {
    widget.status("waiting", "Waiting for the app");
    alert.over("app");
    alert.over("login");
    handshake.framed();
    void explaining.framed(url);
  },
  acknowledged(version) {
    explaining.settled();
    widget.status("synced", `SDK ${version}`);
    handshake.acknowledged(version);
    if (!session.mustInitialize()) handshake.initialized();
  },
  initialized() {
    widget.status("ready", "Ready");
    handshake.initialized();
  },
  loggedIn(is) {
    handshake.login(is);
    if (is) alert.over("login");
  },
  unanswered: () => void explaining.unanswered(session.settings.timeout),
});
const drawFindings = createFindingsTab(tabs, session.findings, messages);
const handshake = createReadiness();
const explaining = createConnectionCard((words, isBlank) => {
  session.report("no-answer", words);
  if (isBlank) widget.blank();
});
const calling = createCalling(session, handshake, alert, frameChosen);
const replay = createReplayTab({
  async send({ type, data }) {
    if (type !== "READY") return session.send(type, data);
    const fields = Object.entries(data ?? {}).map(([field, value]) => [field, `${value}`]);
    takeSettings(new URLSearchParams(fields));
    frameChosen();
    await handshake.ready;
  },
  during(on) {
    session.settings.replaying = on;
  },
});
const clear = {
  engagements() {
    engagements.clear();
    calls.clear();
  },
  findings() {
    session.clear("findings");
    drawFindings();
  },
  messages: () => element("clear", HTMLButtonElement).click(),
};
const { hubspot, took, forget } = createWindowHubspot(session, engagements, handshake, {
  dial: calling.dial,
  close,
  clear,
  replay: replay.play,
  changed: () => renderRepliesTab(session),
});
window.hubspot = hubspot;

// Which app

const choice = createProviderPicker(
  { own, asked: address.searchParams.get("app"), isWindow: portalInWindow !== undefined },
  {
    chose(offer) {
      replay.end();
      widget.framed(offer);
      if (offer.mode) {
        const { supportsInboundCalling, usesCallingWindow } = offer.mode;
        const iframeLocation = supportsInboundCalling ? "remote" : "widget";
        takeSettings(new URLSearchParams({ iframeLocation, usesCallingWindow: `${usesCallingWindow}` }));
      }
      frameChosen();
    },
    held(words) {
      replay.end();
      session.close();
      fail(words, "Not framed");
    },
    complain: (words) => alert.show("address", words),
    mayLeave: () => calling.mayLeave("Choose it all the same"),
  },
);

function frameChosen(): void {
  if (choice.offer) session.open(choice.offer);
}

/** As a person asks for it, who may say yes now to what was not framed. */
function retry(): void {
  if (choice.offer) frameChosen();
  else choice.askAgain();
}

function close(): void {
  replay.end();
  session.close();
  explaining.settled();
  handshake.failed("The app's frame is closed.");
  widget.status("closed", "Closed");
}

/** Why the app will not be ready is told by its finding, or by what holds it back. */
function fail(why: string, words: string): void {
  handshake.failed(why);
  widget.status("failed", words, why);
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

// What a person does

onSettingsChange((isOfSync) => {
  Object.assign(session.settings, readSettings());
  offerWindow();
  if (isOfSync) frameChosen();
});
function offerWindow(): void {
  openWindow.hidden = !calling.isElsewhere();
}
openWindow.onclick = calling.openWindow;
element("reload", HTMLButtonElement).onclick = async () => {
  if (await calling.mayLeave("Reload all the same")) session.reload();
};
element("close", HTMLButtonElement).onclick = async () => {
  if (await calling.mayLeave("Close all the same")) close();
};
element("clearEngagements", HTMLButtonElement).onclick = clear.engagements;
element("clearFindings", HTMLButtonElement).onclick = clear.findings;
element("clear", HTMLButtonElement).addEventListener("click", () => {
  session.clear("messages");
  forget();
});
window.addEventListener("storage", drawTimeline);

listRecords((record, phone) => void calling.press(record, phone));
const asked = address.searchParams.get("record");
const isOn = records.find((record) => idOf(record) === asked);
if (isOn) markRecord(isOn);
else if (asked) {
  alert.show("address", `?record= must be one of ${records.map(idOf).join(", ")}; "${asked}" is none.`);
}
renderRepliesTab(session);
drawTimeline();
createSendEventTab(session.send);
offerWindow();
choice.list();
subscribeToServerState({ changed: takeState, failed: (words) => alert.show("registry", words) });
