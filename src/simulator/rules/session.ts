// Rules about the handshake, the login, and the SDK's version.
import { quote } from "../../protocol/fields.ts";
import { unknownEventIn } from "../calls/ledger.ts";
import { defineRule } from "./rule.ts";

export const noAnswer = defineRule({
  id: "no-answer",
  severity: "error",
  title: "No answer to SYNC",
  explanation:
    "The app did not answer SYNC within the time limit (30 seconds by default). The finding names the likely reason.",
  consequence: "HubSpot stops waiting and treats the widget as failed. The user cannot make calls.",
  remedy: "Create the SDK as soon as the page loads. Do not wait for anything first, for example for a login.",
  example: `
const cti = new CallingExtensions({ debugMode: false, eventHandlers }); // first
await logIn(); // later`,
  sure: "sdk",
  source: "source code of SDK 0.9.7: the host side gives up after 30 seconds without SYNC_ACK",
});

export const notInitialized = defineRule({
  id: "not-initialized",
  severity: "error",
  title: "INITIALIZED (initialized) not sent",
  explanation: "The app answered SYNC, but did not send initialized within the time limit (30 seconds by default).",
  consequence: "HubSpot does not know that the user is logged in, so it shows an alert instead of dialing.",
  remedy:
    "Call initialized in onReady. If the user is not logged in yet, send isLoggedIn: false, and call userLoggedIn after the login.",
  example: `
onReady({ engagementId }) {
  cti.initialized({ isLoggedIn: session.isLoggedIn, engagementId });
},`,
  sure: "documented",
  source: "HubSpot's documentation (calling SDK page): the app answers onReady with initialized",
});

export const notReady = defineRule({
  id: "not-ready",
  severity: "error",
  title: "App not ready",
  explanation:
    "In a scenario of the check, the app did not answer SYNC, did not send initialized, or stopped responding.",
  consequence: "In the scenario's situation, the app does not work in HubSpot.",
  remedy: "Create the SDK as soon as the page loads, call initialized in onReady, and do not block the page.",
  example: `
onReady({ engagementId }) {
  cti.initialized({ isLoggedIn: session.isLoggedIn, engagementId });
},`,
  sure: "documented",
  source: "HubSpot's documentation (calling SDK page): the SDK answers SYNC, and the app sends initialized",
});

export const notLoggedIn = defineRule({
  id: "not-logged-in",
  severity: "warning",
  title: "Call without a logged-in user",
  explanation:
    "The app started a call before it reported a logged-in user. To report one, an app sends isLoggedIn: true in initialized, or userLoggedIn.",
  consequence: "HubSpot treats the user as logged out, so it shows an alert instead of dialing.",
  remedy: "Send isLoggedIn: true in initialized, or call userLoggedIn when the user logs in.",
  example: `
cti.initialized({ isLoggedIn: false });
await logIn();
cti.userLoggedIn();`,
  sure: "documented",
  source: "HubSpot's documentation (calling SDK page): HubSpot dials only after the app has reported a logged-in user",
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
    "The app's SDK version does not know an event that HubSpot sent. The finding is an error if the app does not receive the engagementId for this reason.",
  consequence:
    "The app cannot react to the event. Without CREATE_ENGAGEMENT_SUCCEEDED (onCreateEngagementSucceeded), it does not know the engagementId and cannot complete the call.",
  remedy: "Update @hubspot/calling-extensions-sdk, and handle onCreateEngagementSucceeded.",
  example: `
// npm install @hubspot/calling-extensions-sdk@latest
onCreateEngagementSucceeded({ engagementId }) {
  call.engagementId = engagementId;
},`,
  sure: "sdk",
  source: "source code of SDK 0.9.7: the SDK answers an unknown event with ERROR",
  check({ type, fields, ledger }) {
    const event = unknownEventIn(type, fields);
    if (!event) return [];
    const isLost = event === "CREATE_ENGAGEMENT_SUCCEEDED" && !ledger.sentDeprecatedEvent;
    const message = `the app's SDK does not know ${event}`;
    const hint = 'turn on "ENGAGEMENT_CREATED too" (sendsDeprecated), so that the app receives the engagementId';
    const once = { in: "session", key: `unhandled ${event}` } as const;
    return [isLost ? { message: `${message}; ${hint}`, severity: "error", once } : { message, once }];
  },
});

export const oldSdk = defineRule({
  id: "old-sdk",
  severity: "warning",
  title: "Old SDK",
  explanation:
    "The app uses an SDK older than 0.2, which has no externalCallId and only one phone number. The simulator does not check features that this SDK lacks.",
  consequence: "HubSpot's documentation describes newer messages. Inbound calls and call ids require a newer SDK.",
  remedy: "Update @hubspot/calling-extensions-sdk, then send externalCallId, fromNumber and toNumber.",
  example: `
// npm install @hubspot/calling-extensions-sdk@latest
cti.outgoingCall({ externalCallId, fromNumber, toNumber, createEngagement: true });
cti.callAnswered({ externalCallId });`,
  sure: "sdk",
  source: "version in SYNC_ACK; HubSpot's documentation describes the messages of SDK 0.9.7",
  checkVersion: (version, isOld) =>
    isOld
      ? [
          {
            message: `the app uses SDK ${quote(version)}; the simulator does not check newer features`,
            once: { in: "session" },
          },
        ]
      : [],
});

export const loginLost = defineRule({
  id: "login-lost",
  severity: "error",
  title: "Login lost after a navigation",
  explanation:
    "HubSpot reloaded the app, as it does on every navigation. The app had reported a logged-in user before, but did not report one again.",
  consequence:
    "The user must log in again on every page of HubSpot. During a call, the app cannot end or complete that call.",
  remedy:
    "Keep the session in localStorage or in a cookie with SameSite=None; Secure; Partitioned, and send isLoggedIn: true in initialized.",
  example: `
onReady({ engagementId }) {
  const isLoggedIn = localStorage.getItem("session") !== null; // stored at the login
  cti.initialized({ isLoggedIn, engagementId });
},`,
  sure: "documented",
  source:
    "HubSpot's documentation (receive calls page): onReady is called again after a navigation; the app then reports the login again",
});
