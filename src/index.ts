// The calling app: a page that HubSpot frames. A button sends each message there is, a handler takes each event,
// and all of them are in the log. From top to bottom: the page, the log, what arrives, what is sent.
import CallingExtensions, { Constants, type EventHandlers, type OnMessage } from "@hubspot/calling-extensions-sdk";
import * as call from "./app/call.ts";
import { admitOnlyHubSpot } from "./app/guard.ts";
import { joinFrames } from "./app/relay.ts";
import { keepCall, restoreCall } from "./app/running-call.ts";
import { showHowToFrame } from "./app/unframed.ts";
import { element } from "./panel/element.ts";
import { openLog, plain } from "./panel/log.ts";
import type { Unchecked } from "./protocol/messages.ts";

// The page

const status = element("status", HTMLElement);
const session = element("session", HTMLElement);
const visibility = element("visibility", HTMLElement);
const callingWindow = element("callingWindow", HTMLAnchorElement);
const caller = element("caller", HTMLElement);
const failure = element("failure", HTMLElement);
const failureText = element("failureText", HTMLElement);

// The log: the SDK passes every message through these two methods

const log = openLog();
const ofThisFrame = ["READY", "VISIBILITY_CHANGED"];
const isKnown = (type: string) => Object.hasOwn(Constants.messageHandlerNames, type);

class CallingApp extends CallingExtensions {
  override sendMessage(message: OnMessage): void {
    const notes = [call.problems(message.data)];
    // The SDK drops what is sent before READY.
    if (!this.iFrameManager.isReady) notes.push("not sent: HubSpot is not ready");
    else if (!frames.speaks()) notes.push(frames.passOn(message));
    log.add({ direction: "out", type: message.type, data: message.data, note: notes.filter(Boolean).join("; ") });
    if (frames.speaks()) super.sendMessage(message);
  }

  override onMessageHandler(event: { type: keyof EventHandlers; data: unknown }, note?: string): void {
    const { data } = event;
    const type: string = event.type; // the SDK's type says a handler's name; the wire type is what comes
    const handler = isKnown(type) ? Constants.messageHandlerNames[type] : "defaultEventHandler";
    log.add({ direction: "in", type, handler, data, note });
    if (isKnown(type) && !ofThisFrame.includes(type) && !note) frames.share(event);
    super.onMessageHandler({ ...event, data: data ?? {} });
  }
}

// What arrives

const eventHandlers: Required<EventHandlers> = {
  onReady,
  onDialNumber: ({ phoneNumber }: Unchecked<"DIAL_NUMBER">) => call.fill("toNumber", phoneNumber),
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
  onEndCall: () => frames.speaks() && messages.callEnded(),
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
  const { engagementId, portalId, userId, ownerId, iframeLocation, usesCallingWindow, hostUrl } = data;
  restoreCall(call.form, call.show(engagementId), call.fill);
  call.fillAll({ engagementId, portalId });
  frames.settle(data);
  status.dataset.state = "ready";
  status.textContent = "Ready";
  session.textContent = plain({ portalId, userId, ownerId, iframeLocation, usesCallingWindow });
  callingWindow.hidden = !hostUrl || iframeLocation !== "remote" || usesCallingWindow !== false;
  callingWindow.href = `${hostUrl}/calling-integration-popup-ui/${call.show(portalId)}?usesCallingWindow=false`;
  if (frames.speaks()) messages.initialized();
}

function onCallerIdMatchSucceeded({ callerIdMatches }: Unchecked<"CALLER_ID_MATCH_SUCCEEDED">): void {
  const match = callerIdMatches?.[0];
  if (!match) {
    caller.textContent = "No match";
    return;
  }
  const { portalId, objectId, objectTypeId } = match.objectCoordinates ?? {};
  const name = match.name ? call.show(match.name) : `${call.show(match.firstName)} ${call.show(match.lastName)}`;
  caller.textContent = `${name} (${call.show(match.callerIdType)} ${call.show(objectId)})`;
  call.fillAll({ portalId, objectId, objectTypeId });
}

function showFailure({ error }: { error?: { message?: unknown } | null }, { type }: { type: string }): void {
  failureText.textContent = `${type}: ${call.show(error?.message)}`;
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

// What is sent

/** The SDK's methods that send a message of their own. One that is added to the SDK does not compile without a row. */
export type Outbound = Exclude<
  keyof CallingExtensions,
  "options" | "iFrameManager" | "onMessageHandler" | "sendMessage" | "logDebugMessage"
>;

const messages: Record<Outbound, () => void> = {
  initialized: () => cti.initialized(call.session()),
  userLoggedIn: () => cti.userLoggedIn(),
  userLoggedOut: () => cti.userLoggedOut(),
  userAvailable: () => cti.userAvailable(),
  userUnavailable: () => cti.userUnavailable(),
  incomingCall: () => cti.incomingCall(call.start("INBOUND")),
  outgoingCall: () => cti.outgoingCall(call.start("OUTBOUND")),
  callAnswered: () => {
    call.fill("answeredAt", Date.now());
    cti.callAnswered(call.externalId());
  },
  callTransferred: () => cti.callTransferred(call.externalId()),
  callEnded: () => {
    call.fill("endedAt", Date.now());
    cti.callEnded(call.ended());
  },
  callCompleted: () => cti.callCompleted(call.completed()),
  finalizeEngagement: () => cti.finalizeEngagement(call.ids()),
  publishToChannel: () => cti.publishToChannel(call.ids()),
  navigateToRecord: () => cti.navigateToRecord(call.record()),
  resizeWidget: () => cti.resizeWidget(call.size()),
  setWidgetUrl: () => cti.setWidgetUrl(call.widgetUrl()),
  sendError: () => cti.sendError(call.error()),
  callData: () => cti.callData(call.everything()),
};

for (const [method, send] of Object.entries(messages)) {
  const button = element(method, HTMLButtonElement);
  button.textContent = method;
  button.onclick = send;
}
element("dismiss", HTMLButtonElement).onclick = () => {
  failure.hidden = true;
};
element("sdk", HTMLElement).textContent = `SDK ${Constants.VERSION}`;
keepCall(call.form);
if (window.parent === window) showHowToFrame();
