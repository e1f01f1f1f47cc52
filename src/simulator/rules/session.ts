// Rules about the session: the handshake, the login, and what the app's SDK knows.
import { quote } from "../../protocol/fields.ts";
import { unknownEventIn } from "../calls/ledger.ts";
import { defineRule } from "./rule.ts";

export const noAnswer = defineRule({
  id: "no-answer",
  severity: "error",
  title: "No answer to SYNC",
  explanation:
    "The app did not answer SYNC within the time limit (30 seconds, unless it is set otherwise). The finding says what the likely reason is.",
  consequence: "HubSpot's side gives up: the widget has failed, and no call can be made in it.",
  remedy: "Create the SDK as soon as the page loads, before anything that waits, for example a login.",
  example: `
const cti = new CallingExtensions({ debugMode: false, eventHandlers }); // first
await logIn(); // later`,
  sure: "sdk",
  source: "the SDK's host half: without SYNC_ACK for 30 seconds, the widget has failed",
});

export const notInitialized = defineRule({
  id: "not-initialized",
  severity: "error",
  title: "initialized not sent",
  explanation:
    "The app answered SYNC but did not send initialized within the time limit (30 seconds, unless it is set otherwise).",
  consequence: "HubSpot does not know that the user is logged in: it shows an alert and does not dial.",
  remedy: "Call initialized in onReady. If the login comes later, send isLoggedIn: false, then userLoggedIn.",
  example: `
onReady({ engagementId }) {
  cti.initialized({ isLoggedIn: session.isLoggedIn, engagementId });
},`,
  sure: "documented",
  source: "the vendor's pages: the app answers onReady with initialized",
});

export const notReady = defineRule({
  id: "not-ready",
  severity: "error",
  title: "App not ready",
  explanation:
    "In a scenario of the check the app did not answer SYNC, did not send initialized, or its page stopped running.",
  consequence: "HubSpot cannot use the app in this situation.",
  remedy: "Create the SDK as soon as the page loads, call initialized in onReady, and do not block the page.",
  example: `
onReady({ engagementId }) {
  cti.initialized({ isLoggedIn: session.isLoggedIn, engagementId });
},`,
  sure: "documented",
  source: "the vendor's pages: the app answers SYNC and says initialized",
});

export const notLoggedIn = defineRule({
  id: "not-logged-in",
  severity: "warning",
  title: "Call without a logged-in user",
  explanation:
    "The app started a call although it had not told HubSpot that its user is logged in: neither by initialized with isLoggedIn: true nor by userLoggedIn.",
  consequence: "HubSpot takes the user as logged out: it shows an alert and does not dial.",
  remedy: "Send isLoggedIn: true in initialized, or call userLoggedIn when the user logs in.",
  example: `
cti.initialized({ isLoggedIn: false });
await logIn();
cti.userLoggedIn();`,
  sure: "documented",
  source: "the vendor's pages: HubSpot dials only when the app said that the user is logged in",
  check: ({ type, isLoggedIn }) =>
    (type === "OUTGOING_CALL_STARTED" || type === "INCOMING_CALL") && !isLoggedIn
      ? [
          {
            message: `${type === "INCOMING_CALL" ? "incomingCall" : "outgoingCall"} was sent before the app reported a logged-in user`,
          },
        ]
      : [],
});

export const unhandledEvent = defineRule({
  id: "unhandled-event",
  severity: "warning",
  title: "Event unknown to the app's SDK",
  explanation:
    "The version of the SDK in the app does not know an event that HubSpot sent. It is an error if the app learns no engagementId because of it.",
  consequence:
    "The app cannot react to the event. Without CREATE_ENGAGEMENT_SUCCEEDED it does not know the engagementId, and cannot complete the call.",
  remedy: "Update @hubspot/calling-extensions-sdk, and handle onCreateEngagementSucceeded.",
  example: `
// npm install @hubspot/calling-extensions-sdk@latest
onCreateEngagementSucceeded({ engagementId }) {
  call.engagementId = engagementId;
},`,
  sure: "sdk",
  source: "the SDK's source: it tells HubSpot of an event that it does not know",
  check({ type, fields, ledger }) {
    const event = unknownEventIn(type, fields);
    if (!event) return [];
    const isLost = event === "CREATE_ENGAGEMENT_SUCCEEDED" && !ledger.sentDeprecatedEvent;
    const message = `the app's SDK does not know ${event}`;
    const hint =
      'it learns the engagementId from ENGAGEMENT_CREATED: switch on "ENGAGEMENT_CREATED too" (sendsDeprecated)';
    const once = { in: "session", key: `unhandled ${event}` } as const;
    return [isLost ? { message: `${message}; ${hint}`, severity: "error", once } : { message, once }];
  },
});

export const oldSdk = defineRule({
  id: "old-sdk",
  severity: "warning",
  title: "Old SDK",
  explanation:
    "The app uses a version of the SDK before 0.2. It has no externalCallId, and one phone number only. The simulator does not check what this version lacks.",
  consequence: "HubSpot's documentation describes newer messages: inbound calls and call ids need a newer SDK.",
  remedy: "Update @hubspot/calling-extensions-sdk, then send externalCallId, fromNumber and toNumber.",
  example: `
// npm install @hubspot/calling-extensions-sdk@latest
cti.outgoingCall({ externalCallId, fromNumber, toNumber, createEngagement: true });
cti.callAnswered({ externalCallId });`,
  sure: "sdk",
  source: "the version in SYNC_ACK; the messages that are documented today are those of SDK 0.9.7",
  checkVersion: (version, isOld) =>
    isOld
      ? [{ message: `the app uses SDK ${quote(version)}; newer features are not checked`, once: { in: "session" } }]
      : [],
});
