// The stand-in: a page that plays HubSpot for any calling app, by the protocol alone. It frames the app by its URL.
import { element } from "../../panel/element.ts";
import { openLog } from "../../panel/log.ts";
import type { State } from "../api/state.ts";
import { reasonFor, type Seen } from "../session/diagnosis.ts";
import { openEngagements } from "../session/engagements.ts";
import type { CrmRecord, PhoneNumber } from "../session/records.ts";
import { openSession, type Visibility } from "../session/session.ts";
import { openAlert } from "./alert.ts";
import { openCallingWindow, portalOfWindow, readyIn } from "./calling-window.ts";
import { openChoice } from "./choice.ts";
import { listAnswers, offerEvents, offerReplay, onSettings, presetSettings, readSettings } from "./controls.ts";
import { listHelpDesk } from "./help-desk.ts";
import { idOf, listRecords, markRecord, openFindings, openTimeline } from "./lists.ts";
import { appsOf, followRegistry, openCalls } from "./registry.ts";
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
const drawTimeline = openTimeline(engagements.all);
const session = openSession(frame, readSettings(), engagements, {
  logged(message, note) {
    const { from, type, data } = message;
    log.add({ direction: from === "app" ? "out" : "in", type, data, note });
    told.message(message);
  },
  found: () => drawFindings(),
  alerted: (words) => alert.show("app", words),
  visible: showVisibility,
  wentTo(record, newTab) {
    if (!newTab) markRecord(record);
    // The tab's storage goes along, and with it the call that runs.
    else window.open(`?${new URLSearchParams({ ...Object.fromEntries(address.searchParams), record: idOf(record) })}`);
  },
  acknowledged(version) {
    showStatus("synced", `SDK ${version}`);
    told.acknowledged(version);
  },
  initialized() {
    showStatus("ready", "Ready");
    told.initialized();
  },
  loggedIn() {}, // what follows it comes with window.hubspot
  unanswered: (url) => void explain(url),
});
const drawFindings = openFindings(session.findings);
const { hubspot, told, framed } = makeScriptable(session, engagements, dial, () => listAnswers(session));
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
      showStatus("none", words);
    },
    complain: (words) => alert.show("address", words),
  },
);
let wasFramed = false;

function frameChosen(): void {
  if (!choice.offer) return;
  if (wasFramed) framed();
  wasFramed = true;
  showStatus("waiting", "Waiting for the app");
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

async function explain(url: string): Promise<void> {
  showStatus("failed", "No answer");
  const response = await fetch(`/stand-in/headers?url=${encodeURIComponent(url)}`).catch(() => undefined);
  const seen: Seen | undefined = response?.ok ? await response.json() : undefined;
  const reason = reasonFor(url, location.origin, seen);
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
  showStatus("none", "No app");
};
for (const [button, state] of toggles) {
  button.onclick = () => session.show({ ...session.visibility(), [state]: !session.visibility()[state] });
}
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
