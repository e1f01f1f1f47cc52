// The calling app: a page that HubSpot shows in an iframe. Each message to HubSpot has its own button. The page logs the
// messages that it sends and receives, in its log panel and in the console. This file has three parts: the handlers for
// HubSpot's events, the SDK, and the messages that the app sends. This page is for testing. To start your own app, copy
// test/examples/softphone.ts instead.
import type { EventHandlers } from "@hubspot/calling-extensions-sdk";
import "./app/first-paint.ts";
import { allFields, call, fill, startCall } from "./app/call.ts";
import { LoggedCallingExtensions, type SdkMethod } from "./app/logged-sdk.ts";
import { showCaller, showFailure, showSession, showVisibility } from "./app/page.ts";
import { resumeCall } from "./app/running-call.ts";
import { element } from "./dom/element.ts";
import type { Unchecked } from "./protocol/payload-types.ts";

// Events from HubSpot. The SDK does not validate events: any field of an `Unchecked` payload may be missing or null.

const onlyLogged = () => {};

const eventHandlers: Required<EventHandlers> = {
  onReady(session: Unchecked<"READY">) {
    // HubSpot reloads this page when the user opens another record. During a call, READY then contains an engagementId.
    resumeCall(session.engagementId);
    if (cti.maySend) buttons.initialized(); // maySend is false if another frame of this app sends the messages
    showSession(session);
  },
  onDialNumber: ({ phoneNumber }: Unchecked<"DIAL_NUMBER">) =>
    fill({ toNumber: phoneNumber, hs_call_direction: "OUTBOUND" }),
  onEndCall: () => cti.maySend && buttons.callEnded(),
  onCreateEngagementSucceeded: ({ engagementId }: Unchecked<"CREATE_ENGAGEMENT_SUCCEEDED">) => fill({ engagementId }),
  onEngagementCreated: ({ engagementId }: Unchecked<"ENGAGEMENT_CREATED">) => fill({ engagementId }), // deprecated
  onCallerIdMatchSucceeded: showCaller,
  onVisibilityChanged: showVisibility,

  onCreateEngagementFailed: showFailure,
  onUpdateEngagementFailed: showFailure,
  onCallerIdMatchFailed: showFailure,
  onNavigateToRecordFailed: showFailure,
  onPublishToChannelFailed: showFailure,
  onFinalizeEngagementFailed: showFailure,
  onInitiateCallIdFailed: showFailure,
  onSetWidgetUrlFailed: showFailure,
  onFailed: showFailure,

  onUpdateEngagementSucceeded: onlyLogged,
  onPublishToChannelSucceeded: onlyLogged,
  onFinalizeEngagementSucceeded: onlyLogged,
  onInitiateCallIdSucceeded: onlyLogged,
  onSetCallState: onlyLogged,
  defaultEventHandler: onlyLogged,
};

// The SDK, in a subclass that logs the messages. HubSpot's examples call it `cti`, for computer telephony integration.

const cti = new LoggedCallingExtensions({ debugMode: false, eventHandlers });

// Messages to HubSpot. Each message has a button in index.html, and the button's id is the SDK method's name. `call` reads
// the page's form. The messages omit empty fields. If the SDK gains a method, this file does not compile until `buttons` has
// an entry for that method.

const buttons: Record<SdkMethod, () => void> = {
  initialized: () =>
    cti.initialized({
      isLoggedIn: call.isLoggedIn,
      isAvailable: call.isAvailable,
      engagementId: call.engagementId,
      sizeInfo: { width: call.width, height: call.height },
    }),
  userLoggedIn: () => cti.userLoggedIn(),
  userLoggedOut: () => cti.userLoggedOut(),
  userAvailable: () => cti.userAvailable(),
  userUnavailable: () => cti.userUnavailable(),

  outgoingCall() {
    startCall("OUTBOUND"); // gives the call a new externalCallId and callStartTime
    const { externalCallId, callStartTime, fromNumber, toNumber } = call;
    cti.outgoingCall({ externalCallId, callStartTime, fromNumber, toNumber, createEngagement: true });
  },
  incomingCall() {
    startCall("INBOUND");
    const { externalCallId, callStartTime, fromNumber, toNumber } = call;
    cti.incomingCall({ externalCallId, callStartTime, fromNumber, toNumber, createEngagement: true });
  },
  callAnswered: () => cti.callAnswered({ externalCallId: call.externalCallId }),
  callTransferred: () => cti.callTransferred({ externalCallId: call.externalCallId }),
  callEnded() {
    const { externalCallId, engagementId, callEndStatus } = call;
    cti.callEnded({ externalCallId, engagementId, callEndStatus });
  },
  callCompleted: () =>
    cti.callCompleted({
      externalCallId: call.externalCallId,
      engagementId: call.engagementId,
      hideWidget: call.hideWidget,
      engagementProperties: {
        hs_timestamp: call.callStartTime,
        hs_call_title: call.hs_call_title,
        hs_call_body: call.hs_call_body,
        hs_call_direction: call.hs_call_direction,
        hs_call_duration: call.duration?.toString(), // in milliseconds, as a string
        hs_call_from_number: call.fromNumber,
        hs_call_to_number: call.toNumber,
        hs_call_status: call.callEndStatus.replace(/REJECTED|MISSED/, "NO_ANSWER"), // hs_call_status allows neither
      },
    }),
  finalizeEngagement: () =>
    cti.finalizeEngagement({ externalCallId: call.externalCallId, engagementId: call.engagementId }),
  publishToChannel: () =>
    cti.publishToChannel({ externalCallId: call.externalCallId, engagementId: call.engagementId }),

  navigateToRecord: () =>
    cti.navigateToRecord({
      objectCoordinates: { portalId: call.portalId, objectId: call.objectId, objectTypeId: call.objectTypeId },
      engagementId: call.engagementId,
    }),
  resizeWidget: () => cti.resizeWidget({ width: call.width ?? innerWidth, height: call.height ?? innerHeight }),
  setWidgetUrl: () => cti.setWidgetUrl({ iFrameUrl: call.iFrameUrl }),
  sendError: () => cti.sendError({ message: call.message }),
  callData: () => cti.callData(allFields()), // callData accepts any data; HubSpot does not document its purpose
};

for (const [method, send] of Object.entries(buttons)) {
  const button = element(method, HTMLButtonElement);
  button.textContent = method;
  button.onclick = send;
}
