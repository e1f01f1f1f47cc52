// The calling app: a page that HubSpot frames. A button sends each message there is, a handler takes each event,
// and all of them are in the log. From top to bottom: the page, the log, what arrives, what is sent.
import CallingExtensions, { Constants, type EventHandlers, type OnMessage } from "@hubspot/calling-extensions-sdk";
import * as call from "./app/call.ts";
import { admitOnlyHubSpot } from "./app/guard.ts";
import { follow, showProgress } from "./app/progress.ts";
import { joinFrames } from "./app/relay.ts";
import { keepCall, restoreCall } from "./app/running-call.ts";
import { showHowToFrame } from "./app/unframed.ts";
import { element, make } from "./dom/element.ts";
import { createLog } from "./dom/log.ts";
import type { Sent, Unchecked } from "./protocol/messages.ts";

// The page. What is remembered of the call is in its form, whose fields are named as in the protocol (app/call.ts)

const status = element("status", HTMLElement);
const session = element("session", HTMLElement);
const visibility = element("visibility", HTMLElement);
const callingWindow = element("callingWindow", HTMLAnchorElement);
const failure = element("failure", HTMLElement);
const failureText = element("failureText", HTMLElement);

/** The user's own number, called by somebody until HubSpot dials. A real app asks its own server for it. */
const ownNumber = "+18005550100";
call.fillAll({ fromNumber: "+18005550151", toNumber: ownNumber, iFrameUrl: location.origin + location.pathname });

// The log. The SDK passes every message through two public methods: overridden, they see all there is, in either direction

const log = createLog();
const ofThisFrame = ["READY", "VISIBILITY_CHANGED"];
const isKnown = (type: string) => Object.hasOwn(Constants.messageHandlerNames, type);

class CallingApp extends CallingExtensions {
  override sendMessage({ type, data }: OnMessage): void {
    const message = data ? { type, data: call.known(data) } : { type };
    // The SDK drops what is sent before READY.
    let fate = this.iFrameManager.isReady ? "" : "not sent: HubSpot is not ready";
    if (frames.speaks()) super.sendMessage(message);
    else fate ||= frames.passOn(message);
    const problems = call.problems(data);
    const isLost = fate.startsWith("not sent");
    const note = [problems, fate].filter(Boolean).join("; ");
    log.add({ direction: "out", ...message, note, trouble: isLost || !!problems || undefined });
    if (!isLost) follow(type);
    callChanged();
  }

  override onMessageHandler(event: { type: keyof EventHandlers; data: unknown }, note?: string): void {
    const { data } = event;
    const type: string = event.type; // the SDK's type says a handler's name; the wire type is what comes
    const handler = isKnown(type) ? Constants.messageHandlerNames[type] : "defaultEventHandler";
    log.add({ direction: "in", type, handler, data, note });
    if (isKnown(type) && !ofThisFrame.includes(type) && !note) frames.share(event);
    follow(type);
    super.onMessageHandler({ ...event, data: data ?? {} }); // the handlers take fields out of it, and END_CALL has none
    callChanged();
  }
}

// What arrives

const eventHandlers: Required<EventHandlers> = {
  onReady,
  onDialNumber,
  onCreateEngagementSucceeded: ({ engagementId }: Unchecked<"CREATE_ENGAGEMENT_SUCCEEDED">) =>
    call.fill("engagementId", engagementId),
  onCreateEngagementFailed: showFailure,
  onEngagementCreated: ({ engagementId }: Unchecked<"ENGAGEMENT_CREATED">) => call.fill("engagementId", engagementId),
  onUpdateEngagementSucceeded: onlyLogged,
  onUpdateEngagementFailed: showFailure,
  onCallerIdMatchSucceeded,
  onCallerIdMatchFailed: showFailure,
  onNavigateToRecordFailed: showFailure,
  onPublishToChannelSucceeded: onlyLogged,
  onPublishToChannelFailed: showFailure,
  onFinalizeEngagementSucceeded: onlyLogged,
  onFinalizeEngagementFailed: showFailure,
  onInitiateCallIdSucceeded: onlyLogged,
  onInitiateCallIdFailed: showFailure,
  onSetCallState: onlyLogged,
  onEndCall: () => frames.speaks() && send("callEnded"),
  onVisibilityChanged: ({ isMinimized, isHidden }: Unchecked<"VISIBILITY_CHANGED">) => {
    visibility.textContent = (isHidden && "hidden") || (isMinimized && "minimised") || "";
  },
  onSetWidgetUrlFailed: showFailure,
  onFailed: showFailure,
  defaultEventHandler: (data: object, event: { type: string }) => {
    if (/_FAILED$/.test(event.type)) showFailure(data, event);
  },
};

function onReady(data: Unchecked<"READY">): void {
  const { engagementId } = data;
  if (engagementId) restoreCall(call.form, call.show(engagementId), call.fill);
  call.fill("engagementId", engagementId);
  frames.settle(data);
  if (frames.speaks()) send("initialized");
  // HubSpot waits for it, and the browser posts it when this task is over: what is only shown comes in the next.
  setTimeout(() => showSession(data));
}

function showSession(data: Unchecked<"READY">): void {
  const { hostUrl, portalId, iframeLocation, usesCallingWindow } = data;
  showPage();
  call.fill("portalId", portalId);
  status.dataset.state = "ready";
  status.textContent = "Ready";
  const facts = new Map<string | undefined, unknown>(Object.entries(data));
  for (const fact of session.querySelectorAll<HTMLElement>("dd")) {
    const value = facts.get(fact.dataset.field);
    fact.textContent = typeof value === "boolean" ? `${value}` : call.show(value);
  }
  callingWindow.hidden = !hostUrl || iframeLocation !== "remote" || usesCallingWindow !== false;
  callingWindow.href = `${hostUrl}/calling-integration-popup-ui/${call.show(portalId)}?usesCallingWindow=false`;
}

function onDialNumber({ phoneNumber }: Unchecked<"DIAL_NUMBER">): void {
  if (call.read().toNumber === ownNumber) call.fill("fromNumber", ownNumber);
  call.fillAll({ toNumber: phoneNumber, hs_call_direction: "OUTBOUND" });
}

function onCallerIdMatchSucceeded({ callerIdMatches }: Unchecked<"CALLER_ID_MATCH_SUCCEEDED">): void {
  const match = callerIdMatches?.[0];
  if (!match) {
    call.fill("callerName", "No match");
    return;
  }
  const { portalId, objectId, objectTypeId } = match.objectCoordinates ?? {};
  const name = match.name ? call.show(match.name) : `${call.show(match.firstName)} ${call.show(match.lastName)}`;
  const callerName = `${name} (${call.show(match.callerIdType)} ${call.show(objectId)})`;
  call.fillAll({ callerName, portalId, objectId, objectTypeId });
}

function showFailure({ error }: { error?: { message?: unknown } | null }, { type }: { type: string }): void {
  failureText.replaceChildren(`${type}: `, make("bdi", {}, call.show(error?.message)));
  failure.hidden = false;
}

function onlyLogged(): void {}

admitOnlyHubSpot({
  stranger: (origin) => log.count({ direction: "note", type: "DROPPED", note: `from ${origin}` }),
  malformed: (data, note) => log.add({ direction: "note", type: "DROPPED", note, data }),
});
const cti = new CallingApp({ debugMode: false, eventHandlers });
const frames = joinFrames({
  send: (message) => {
    call.fillAll(message.data ?? {}); // what comes next about the call, as END_CALL, may come to this frame
    cti.sendMessage(message);
  },
  show: (event) => cti.onMessageHandler(event, "shown by another frame"),
  malformed: () => log.count({ direction: "note", type: "DROPPED", note: "from another frame: not a message" }),
});

// What is sent: the fields of the form, by the names they have there. One that is empty is left out when it is sent

/** The SDK's methods that send a message of their own. One that is added to the SDK does not compile without a row. */
export type Outbound = Exclude<
  keyof CallingExtensions,
  "options" | "iFrameManager" | "onMessageHandler" | "sendMessage" | "logDebugMessage"
>;

const messages: Record<Outbound, (call: call.Call) => void> = {
  initialized: ({ isLoggedIn, isAvailable, engagementId, width, height }) => {
    const running = engagementId ? { engagementId } : {};
    const sizeInfo = width && height ? { sizeInfo: { width, height } } : {};
    // Documented, but refused in a literal by the types of SDK 0.9.7: isAvailable and sizeInfo.
    const payload: Sent<"INITIALIZED"> = { isLoggedIn, isAvailable, ...running, ...sizeInfo };
    cti.initialized(payload);
  },
  userLoggedIn: () => cti.userLoggedIn(),
  userLoggedOut: () => cti.userLoggedOut(),
  userAvailable: () => cti.userAvailable(),
  userUnavailable: () => cti.userUnavailable(),
  incomingCall: (fields) => cti.incomingCall({ ...newCall("INBOUND", fields), createEngagement: true }),
  outgoingCall: (fields) => cti.outgoingCall({ ...newCall("OUTBOUND", fields), createEngagement: true }),
  callAnswered: ({ externalCallId }) => cti.callAnswered({ externalCallId }),
  callTransferred: ({ externalCallId }) => cti.callTransferred({ externalCallId }),
  callEnded: ({ externalCallId, engagementId, callEndStatus }) =>
    cti.callEnded({ externalCallId, engagementId, callEndStatus }),
  callCompleted: ({ externalCallId, engagementId, hideWidget, ...call }) => {
    const engagementProperties = {
      hs_timestamp: call.callStartTime,
      hs_call_title: call.hs_call_title,
      hs_call_body: call.hs_call_body,
      hs_call_direction: call.hs_call_direction,
      // Milliseconds from the answer to the end, or until now.
      hs_call_duration: call.answeredAt ? `${(call.endedAt || Date.now()) - call.answeredAt}` : "",
      hs_call_from_number: call.fromNumber,
      hs_call_to_number: call.toNumber,
      // Unlike callEndStatus, this property knows neither REJECTED nor MISSED.
      hs_call_status: call.callEndStatus.replace(/REJECTED|MISSED/, "NO_ANSWER"),
    };
    cti.callCompleted({ externalCallId, engagementId, hideWidget, engagementProperties });
  },
  finalizeEngagement: ({ externalCallId, engagementId }) => cti.finalizeEngagement({ externalCallId, engagementId }),
  publishToChannel: ({ externalCallId, engagementId }) => cti.publishToChannel({ externalCallId, engagementId }),
  // The record of the caller whom HubSpot found, unless the fields were edited.
  navigateToRecord: ({ engagementId, objectCoordinates }) =>
    cti.navigateToRecord({ ...(engagementId ? { engagementId } : {}), objectCoordinates }),
  // Without a size of its own, the page's: the widget stays as large as it is. A hidden page has none.
  resizeWidget: ({ width, height }) =>
    cti.resizeWidget({ width: width || innerWidth || Number.NaN, height: height || innerHeight || Number.NaN }),
  setWidgetUrl: ({ iFrameUrl }) => cti.setWidgetUrl({ iFrameUrl }),
  sendError: ({ message }) => cti.sendError({ message }),
  callData: () => cti.callData(call.everything()), // takes anything; what HubSpot does with it is written nowhere
};

/** A call under an id of its own, without what is left of the last one. Nobody calls the own number, or is called by it. */
function newCall(hs_call_direction: "INBOUND" | "OUTBOUND", { fromNumber, toNumber, callState }: call.Call) {
  const wrong = hs_call_direction === "INBOUND" ? fromNumber : toNumber;
  const isTurned = wrong === ownNumber && callState !== "dialling"; // what HubSpot dialled is called
  const numbers = isTurned ? { fromNumber: toNumber, toNumber: fromNumber } : { fromNumber, toNumber };
  const begun = { externalCallId: crypto.randomUUID(), callStartTime: Date.now(), ...numbers };
  call.fillAll({ ...begun, hs_call_direction, callerName: "", engagementId: "", answeredAt: "", endedAt: "" });
  return begun;
}

function callChanged(): void {
  keepCall(call.form);
  showProgress();
}

function showPage(): void {
  if (document.readyState === "loading") return; // its style is still to come
  document.body.hidden = false;
  showProgress();
}

function send(method: Outbound): void {
  messages[method](call.read());
}

for (const [method, sendIt] of Object.entries(messages)) {
  const button = element(method, HTMLButtonElement);
  button.textContent = method;
  button.onclick = () => sendIt(call.read());
}
element("dismiss", HTMLButtonElement).onclick = () => {
  failure.hidden = true;
};
element("sdk", HTMLElement).textContent = `SDK ${Constants.VERSION}`;
call.form.oninput = callChanged;
if (window.parent === window) showHowToFrame();
// Drawn before INITIALIZED, the page would delay it: it is drawn after it, or where HubSpot did not ask by the first frame.
document.addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => setTimeout(showPage)));
