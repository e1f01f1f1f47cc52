// The stand-in: a page that plays HubSpot for any calling app, by the protocol alone. It frames the app by its URL.
import { element } from "../../panel/element.ts";
import { openLog } from "../../panel/log.ts";
import type { State } from "../api/state.ts";
import { openEngagements } from "../session/engagements.ts";
import { openSession, type Visibility } from "../session/session.ts";
import { openAlert } from "./alert.ts";
import { openCalling } from "./calling.ts";
import { portalOfWindow } from "./calling-window.ts";
import { openChoice } from "./choice.ts";
import { listAnswers, offerEvents, onSettings, presetSettings, readSettings } from "./controls.ts";
import { openExplaining } from "./explaining.ts";
import { openHandshake } from "./handshake.ts";
import { listHelpDesk } from "./help-desk.ts";
import { idOf, listRecords, markRecord, openFindings, openTimeline } from "./lists.ts";
import { appsOf, followRegistry, openCalls } from "./registry.ts";
import { offerReplay } from "./replaying.ts";
import { makeScriptable } from "./scripting.ts";

const address = new URL(location.href);
const portalInWindow = portalOfWindow(address);
const own = `${location.protocol}//localhost:${location.port}/`;

const status = element("status", HTMLElement);
const frame = element("frame", HTMLElement);
const name = element("name", HTMLElement);
const openWindow = element("openWindow", HTMLButtonElement);
const toggles: [button: HTMLButtonElement, state: keyof Visibility][] = [
  [element("minimise", HTMLButtonElement), "isMinimized"],
  [element("hide", HTMLButtonElement), "isHidden"],
];

presetSettings(address.searchParams);
if (portalInWindow !== undefined) {
  presetSettings(new URLSearchParams({ portalId: portalInWindow, iframeLocation: "window" }));
  document.body.dataset.place = "window";
}

const log = openLog();
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
const drawTimeline = openTimeline(engagements.all, () => session.send("END_CALL"));
const session = openSession(frame, readSettings(), engagements, {
  logged(message, note) {
    const { from, type, data } = message;
    log.add({ direction: from === "app" ? "out" : "in", type, data, note });
    took(message);
    if (message.from === "app") replay.took(message);
  },
  found({ rule, message }) {
    drawFindings();
    if (rule === "no-answer") fail(message, "No answer");
    if (rule === "not-initialized") fail(message, "Not initialized");
  },
  alerted: (words) => alert.show("app", words),
  visible: showVisibility,
  wentTo(record, newTab) {
    if (!newTab) markRecord(record);
    // The tab's storage goes along, and with it the call that runs.
    else window.open(`?${new URLSearchParams({ ...Object.fromEntries(address.searchParams), record: idOf(record) })}`);
  },
  framed(url) {
    showStatus("waiting", "Waiting for the app");
    alert.over("app");
    alert.over("login");
    handshake.framed();
    void explaining.framed(url);
  },
  acknowledged(version) {
    explaining.settled();
    showStatus("synced", `SDK ${version}`);
    handshake.acknowledged(version);
    if (!session.mustInitialize()) handshake.initialized();
  },
  initialized() {
    showStatus("ready", "Ready");
    handshake.initialized();
  },
  loggedIn(is) {
    handshake.login(is);
    if (is) alert.over("login");
  },
  unanswered: () => void explaining.unanswered(session.settings.timeout),
});
const drawFindings = openFindings(session.findings);
const handshake = openHandshake();
const explaining = openExplaining((words) => session.report("no-answer", words));
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
      name.textContent = offer.name;
      if (offer.mode) {
        const { supportsInboundCalling, usesCallingWindow } = offer.mode;
        const iframeLocation = supportsInboundCalling ? "remote" : "widget";
        takeSettings(new URLSearchParams({ iframeLocation, usesCallingWindow: `${usesCallingWindow}` }));
      }
      frameChosen();
    },
    held(words) {
      session.close();
      fail(words, words);
    },
    complain: (words) => alert.show("address", words),
    mayLeave: () => calling.mayLeave("Choose it all the same"),
  },
);

function frameChosen(): void {
  if (choice.offer) session.open(choice.offer);
}

function close(): void {
  session.close();
  explaining.settled();
  handshake.failed("The app's frame is closed.");
  showStatus("none", "No app");
}

/** Why the app will not be ready is told by its finding, or by what holds it back. */
function fail(why: string, words: string): void {
  handshake.failed(why);
  showStatus("failed", words);
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
  if (JSON.stringify(apps) !== registered) listHelpDesk(apps, whoAsks);
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

function showStatus(state: "none" | "waiting" | "synced" | "ready" | "failed", words: string): void {
  status.dataset.state = state;
  status.textContent = words;
}

function showVisibility({ isMinimized, isHidden }: Visibility): void {
  frame.dataset.shown = `${!isMinimized && !isHidden}`;
  for (const [button, state] of toggles) button.ariaPressed = `${{ isMinimized, isHidden }[state]}`;
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
for (const [button, state] of toggles) {
  button.onclick = () => session.show({ ...session.visibility(), [state]: !session.visibility()[state] });
}
element("clearEngagements", HTMLButtonElement).onclick = clear.engagements;
element("clearFindings", HTMLButtonElement).onclick = clear.findings;
element("clear", HTMLButtonElement).addEventListener("click", () => {
  session.clear("messages");
  forget();
});
window.addEventListener("storage", drawTimeline);

listRecords((record, phone) => void calling.press(record, phone));
const [objectTypeId, objectId] = address.searchParams.get("record")?.split("/") ?? [];
if (objectTypeId) markRecord({ objectTypeId, objectId });
listAnswers(session);
drawTimeline();
offerEvents(session.send);
offerWindow();
choice.list();
followRegistry({ changed: takeState, failed: (words) => alert.show("registry", words) });
