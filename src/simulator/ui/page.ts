// The simulator: a page that plays HubSpot for any calling app, by the protocol alone. It frames the app by its URL.
import { element } from "../../dom/element.ts";
import type { State } from "../api/state.ts";
import { records } from "../session/crm-records.ts";
import { openEngagements } from "../session/engagements.ts";
import { openSession } from "../session/session.ts";
import { openAlert } from "./alert.ts";
import { openCalling } from "./call-button.ts";
import { portalOfWindow } from "./calling-window.ts";
import { openExplaining } from "./connection-card.ts";
import { listAnswers, offerEvents, onSettings, presetSettings, readSettings } from "./controls.ts";
import { openFindings } from "./findings-tab.ts";
import { openHelpDesk } from "./help-desk-tab.ts";
import { openMessages } from "./messages-tab.ts";
import { openElsewhere } from "./other-tabs.ts";
import { openChoice } from "./provider-picker.ts";
import { openHandshake } from "./readiness.ts";
import { idOf, listRecords, markRecord } from "./records-list.ts";
import { offerReplay } from "./replay-tab.ts";
import { appsOf, followRegistry, openCalls } from "./server-state.ts";
import { openTabs } from "./tabs.ts";
import { openTimeline } from "./timeline-tab.ts";
import { openWidget } from "./widget.ts";
import { makeScriptable } from "./window-hubspot.ts";

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
const elsewhere = openElsewhere(readSettings, messages.addElsewhere);
const helpDesk = openHelpDesk(whoAsks, () => {
  const [record] = records;
  const [phone] = record?.numbers ?? [];
  if (record && phone) void calling.press(record, phone);
});
const widget = openWidget({ open: retry, show: (next) => session.show(next) });
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
const drawFindings = openFindings(tabs, session.findings, messages);
const handshake = openHandshake();
const explaining = openExplaining((words, isBlank) => {
  session.report("no-answer", words);
  if (isBlank) widget.blank();
});
const calling = openCalling(session, handshake, alert, frameChosen);
const replay = offerReplay({
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
const { hubspot, took, forget } = makeScriptable(session, engagements, handshake, {
  dial: calling.dial,
  close,
  clear,
  replay: replay.play,
  changed: () => listAnswers(session),
});
window.hubspot = hubspot;

// Which app

const choice = openChoice(
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

onSettings((isOfSync) => {
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
listAnswers(session);
drawTimeline();
offerEvents(session.send);
offerWindow();
choice.list();
followRegistry({ changed: takeState, failed: (words) => alert.show("registry", words) });
