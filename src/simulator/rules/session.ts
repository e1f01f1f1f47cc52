// Rules about the handshake, the login, the user's availability, and the SDK.
import { fieldsOf, quote, textOf } from "../../protocol/fields.ts";
import { outbound } from "../../protocol/messages.ts";
import { isStart, unknownEventIn } from "../calls/call-messages.ts";
import { type AppMessage, defineRule, type Fault } from "./rule.ts";

export const noAnswer = defineRule({
  id: "no-answer",
  severity: "error",
  title: "No answer to SYNC",
  explanation:
    "The app did not answer SYNC within the time limit, or the response of the app's server shows that the app cannot answer. The finding names the likely reason.",
  consequence: "HubSpot stops waiting and treats the widget as failed. The user cannot make calls.",
  remedy:
    "If the page does not load, start your app's server, check the app's URL, and allow HubSpot to show the page in an iframe. If the page loads, instantiate the SDK before anything else, such as a login.",
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
  explanation: "The app answered SYNC, but did not send initialized within the time limit.",
  consequence: "HubSpot does not know that the user is logged in, so it shows an alert instead of dialing.",
  remedy:
    "Call initialized in onReady. If the user is not logged in yet, send isLoggedIn: false, and call userLoggedIn when the user logs in.",
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
    "In one of the check's scenarios, the app did not answer SYNC or did not send initialized within the time limit.",
  consequence: "Under the scenario's conditions, the app does not work in HubSpot.",
  remedy: "Instantiate the SDK as soon as the page loads, call initialized in onReady, and do not block the page.",
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
    "When the app started a call, it had not reported a logged-in user, or it had reported that the user logged out. To report a logged-in user, an app sends isLoggedIn: true in initialized, or calls userLoggedIn.",
  consequence: "HubSpot treats the user as logged out, so it shows an alert instead of dialing.",
  remedy: "Send isLoggedIn: true in initialized, or call userLoggedIn when the user logs in.",
  example: `
cti.initialized({ isLoggedIn: false });
await logIn();
cti.userLoggedIn();`,
  sure: "documented",
  source: "HubSpot's documentation (calling SDK page): HubSpot dials only after the app has reported a logged-in user",
  check: ({ type, page }) =>
    isStart(type) && page.isLoggedIn === false
      ? [{ message: `${outbound[type].method} was sent while the app reported no logged-in user` }]
      : [],
});

/** For one click or one event, two SDKs send their messages within this time. Our choice. */
const sameMomentMs = 1000;

export const twoSdks = defineRule({
  id: "two-sdks",
  severity: "error",
  title: "Two SDKs in one page",
  explanation:
    "The page instantiated the SDK twice, for example because a component was mounted twice. Each SDK answers SYNC and handles every event. If the only sign is a second initialized message, the finding is a warning.",
  consequence: "The app handles every event twice. One call can get two engagements, so HubSpot shows two calls.",
  remedy:
    "Instantiate the SDK once per page, outside components and effects. CallingExtensions has no method that removes its message listener, so each instance handles every event until the page is unloaded.",
  example: `
// cti.ts, which every component imports. React's StrictMode runs effects twice, but a module runs only once.
export const cti = new CallingExtensions({ debugMode: false, eventHandlers });`,
  sure: "sdk",
  source:
    "source code of SDK 0.9.7: each instance adds a message listener, and CallingExtensions has no method that removes the listener; issue 210 in the SDK's repository reports that onDialNumber ran twice after one click",
  hides: ["duplicate-engagement", "unknown-call", "out-of-order", "never-ended", "ghost-call"],
  checkSecondAnswer: () => [
    { message: "the page answered SYNC twice, so it contains two SDKs", once: { in: "session", key: "two SDKs" } },
  ],
  check(sent) {
    const again = secondStart(sent) ?? secondInitialized(sent);
    return again ? [{ once: { in: "session", key: "two SDKs" }, ...again }] : [];
  },
});

/** Detects that a second SDK reported the same phone call. Each SDK's handler creates its own externalCallId, so the ids differ. */
function secondStart({ type, fields, message, page, before, ledger }: AppMessage): Fault | undefined {
  const first = page.start;
  const isSecond =
    isStart(type) && first?.type === type && !before && message.at - first.at < sameMomentMs && page.dials === 0;
  if (!isSecond) return undefined;
  const unanswered = ledger.all().find(({ reachedBy, state }) => reachedBy.created === first && state === "created");
  if (!unanswered || unanswered.engagement === "failed") return undefined;
  const sentBefore = fieldsOf(first.data);
  const isSame = ["fromNumber", "toNumber", "phoneNumber"].every((name) => fields[name] === sentBefore[name]);
  if (!isSame) return undefined;
  const cause = type === "INCOMING_CALL" ? "for one inbound call" : "after one DIAL_NUMBER or one click";
  return { message: `${outbound[type].method} was sent twice ${cause}; the page probably contains two SDKs` };
}

function secondInitialized({ type, message, page }: AppMessage): Fault | undefined {
  if (type !== "INITIALIZED" || !page.initialized) return undefined;
  if (textOf(message.data) !== textOf(page.initialized.data)) return undefined; // for example, the login has changed
  return { message: "initialized was sent twice by the same page", severity: "warning" };
}

export const unseenCall = defineRule({
  id: "unseen-call",
  severity: "warning",
  title: "Inbound call that the user cannot see",
  explanation:
    "The app sent incomingCall while its widget was hidden, or while the user was not available, that is, after isAvailable: false in initialized or after userUnavailable.",
  consequence:
    "The user cannot see or answer the call, or does not accept calls. The SDK has no method that shows a hidden widget.",
  remedy:
    "Set supportsInboundCalling: true in the app's settings, so that HubSpot loads the app as a remote and in the calling window. The app can then ring on every page. Call userAvailable when the user accepts calls, and do not send incomingCall after userUnavailable.",
  example: `
// npx hubspot-calling-app settings calling update --supportsInboundCalling true
cti.initialized({ isLoggedIn: true, isAvailable: true });
phone.on("ringing", (call) => cti.incomingCall({ ...call, createEngagement: true }));`,
  sure: "documented",
  source:
    "HubSpot's documentation (receive calls page): inbound calls require supportsInboundCalling and an app that reports an available user",
  check({ type, page, isWidget, isHidden }) {
    if (type !== "INCOMING_CALL") return [];
    if (page.isAvailable === false) {
      return [{ message: "incomingCall was sent while the user was not available for inbound calls" }];
    }
    return isWidget && isHidden ? [{ message: "incomingCall was sent while the widget was hidden" }] : [];
  },
});

export const unhandledEvent = defineRule({
  id: "unhandled-event",
  severity: "warning",
  title: "Event unknown to the app's SDK",
  explanation:
    "The app's SDK version does not know an event that HubSpot sent. Instead of CREATE_ENGAGEMENT_SUCCEEDED, older SDKs know ENGAGEMENT_CREATED, which HubSpot probably still sends. With the setting “Also send ENGAGEMENT_CREATED” (sendsDeprecated), the simulator sends both events.",
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
    const lost = "the app does not learn the engagementId, unless HubSpot also sends the deprecated ENGAGEMENT_CREATED";
    const once = { in: "session", key: `unhandled ${event}` } as const;
    return [{ message: isLost ? `${message}; ${lost}` : message, once }];
  },
});

export const oldSdk = defineRule({
  id: "old-sdk",
  severity: "warning",
  title: "Old SDK",
  explanation:
    "The app's SDK reports a version older than 0.9. Such an SDK has no externalCallId. Before 0.5, onReady has no argument, so the app cannot read the engagementId of a call in progress. Before 0.2, outgoingCall has only one phone number, and callCompleted may be missing. Version 0.0.6 also throws an error for each event without a handler. The simulator does not check features that the SDK lacks. An old SDK can report a lower version than the version of its package.",
  consequence:
    "HubSpot's documentation describes messages that this SDK does not have. Inbound calls and call ids require a newer SDK.",
  remedy: "Update @hubspot/calling-extensions-sdk, then send externalCallId, fromNumber and toNumber.",
  example: `
// npm install @hubspot/calling-extensions-sdk@latest
cti.outgoingCall({ externalCallId, fromNumber, toNumber, createEngagement: true });
cti.callAnswered({ externalCallId });`,
  sure: "sdk",
  source: "the version in SYNC_ACK, and the source code of SDK versions 0.0.6, 0.1.4, 0.2.1, 0.5.1 and 0.9.0",
  checkVersion: ({ version, hasCallIds }) =>
    hasCallIds
      ? []
      : [
          {
            message: `the app's SDK reports version ${quote(version)}; features that it lacks are not checked`,
            once: { in: "session" },
          },
        ],
});

export const loginLost = defineRule({
  id: "login-lost",
  severity: "error",
  title: "Login lost after a navigation",
  explanation:
    "HubSpot reloaded the app, as it does on every navigation. The app had reported a logged-in user before, but did not report one again.",
  consequence:
    "The user must log in again on every HubSpot page. If HubSpot reloads the app during a call, the app cannot end or complete that call.",
  remedy:
    "Store the login in localStorage, or in a cookie with the attributes SameSite=None; Secure; Partitioned. After each reload, send isLoggedIn: true in initialized.",
  example: `
onReady({ engagementId }) {
  const isLoggedIn = localStorage.getItem("session") !== null; // stored when the user logged in
  cti.initialized({ isLoggedIn, engagementId });
},`,
  sure: "documented",
  source:
    "HubSpot's documentation (receive calls page): onReady is called again after a navigation; the app then reports the login again",
});
