// Rules that only the check can test. The check opens the app in a browser, and acts as a user and as an attacker.
import { defineRule } from "./rule.ts";

const guard = `
const trusted = /^https:\\/\\/([\\w-]+\\.)*hubspot\\.com$|^http:\\/\\/127\\.0\\.0\\.1:\\d+$/; // HubSpot, and the simulator
window.addEventListener("message", (event) => {
  if (event.source !== parent || !trusted.test(event.origin)) event.stopImmediatePropagation();
}); // before new CallingExtensions(…)`;
const guardRemedy =
  "Before you instantiate the SDK, add a message listener that stops (stopImmediatePropagation) every message whose source is not window.parent, or whose origin does not belong to HubSpot. For an example, see src/app/guard.ts in hubspot-calling-app.";

export const untrustedSync = defineRule({
  id: "untrusted-sync",
  severity: "warning",
  title: "App accepts an untrusted sender",
  explanation:
    "A frame that does not belong to HubSpot sent SYNC first, and the app treated that frame as HubSpot. Every app that relies only on the SDK does this.",
  consequence: "The sender controls the app, and can, for example, make it dial. The app does not answer HubSpot.",
  remedy: guardRemedy,
  example: guard,
  sure: "sdk",
  source:
    "source code of SDK 0.9.7: the SDK accepts SYNC from any window and any origin, and the first sender controls the app",
});

export const untrustedEvent = defineRule({
  id: "untrusted-event",
  severity: "error",
  title: "App reacts to an untrusted sender",
  explanation: "A frame that does not belong to HubSpot sent events, and the app reacted to them.",
  consequence: "Another page in the same tab can make the app dial or hang up.",
  remedy: guardRemedy,
  example: guard,
  sure: "chosen",
  source: "our choice: only HubSpot may control a calling app",
});

export const uncaught = defineRule({
  id: "uncaught",
  severity: "error",
  title: "Uncaught error in the app",
  explanation:
    "The app threw an error that it did not catch, or did not handle a rejected promise. Nothing validates a payload before the app receives it, so any field can be missing or null. The finding is a warning if no source shows that HubSpot sends the payload. The finding's remedy depends on what the app was doing.",
  consequence: "The code after the error does not run, so a call may be lost.",
  remedy: "Write event handlers that work even if any field is missing or null, and handle rejected promises.",
  example: `
onDialNumber(data) {
  const { phoneNumber = "", calleeInfo } = data ?? {};
  phone.dial(phoneNumber, calleeInfo?.calleeId).catch(showError);
},`,
  sure: "chosen",
  source: "our choice: a calling app must survive any payload; nothing validates a payload before the app receives it",
});

export const accessibility = defineRule({
  id: "accessibility",
  severity: "warning",
  title: "Accessibility violation",
  explanation: "axe-core, an accessibility checker, found a violation on the app's page.",
  consequence: "Users who need a keyboard, a screen reader or large text may not be able to use the app.",
  remedy:
    "Fix the element that the finding names, and every other element with the same problem. The finding contains the axe-core rule and its advice.",
  example: `
<button type="button" aria-label="Hang up"><svg aria-hidden="true">…</svg></button>
<label>Notes <textarea name="notes"></textarea></label>`,
  sure: "chosen",
  source: "axe-core's rules",
});

export const userActionFailed = defineRule({
  id: "user-action-failed",
  severity: "error",
  title: "User action failed",
  explanation:
    "A function in your user actions file threw an error or took too long. These functions act as the app's user.",
  consequence: "The check cannot try the rest of the scenario. A user in HubSpot may have the same problem.",
  remedy: "Check whether the control exists and is enabled when the function uses it. If so, fix the function.",
  example: `
export const hangUp = (frame: FrameLocator) => frame.getByRole("button", { name: "Hang up" }).click();`,
  sure: "chosen",
  source: "your user actions file",
});

export const messageNotSent = defineRule({
  id: "message-not-sent",
  severity: "error",
  title: "Message not sent after a user action",
  explanation:
    "After a user action, for example answering a call, the app did not send the message that HubSpot needs.",
  consequence: "HubSpot does not learn about this step of the call, and still shows the previous state.",
  remedy: "Call the SDK method that the finding names as soon as the step happens.",
  example: `
answerButton.onclick = async () => {
  await phone.answer();
  cti.callAnswered({ externalCallId });
};`,
  sure: "documented",
  source: "HubSpot's documentation (calling SDK page): the app informs HubSpot of each step of a call",
});

export const scenarioAborted = defineRule({
  id: "scenario-aborted",
  severity: "error",
  title: "Scenario aborted",
  explanation:
    "The check could not finish a scenario, because the browser, the simulator or the app failed, or because the time limit passed.",
  consequence: "The check does not know whether the app passes the scenario.",
  remedy: "Run this scenario again with --only and the scenario's name, add --headed, and read the browser's console.",
  example: `
npx hubspot-calling-app check http://localhost:3000/ --only "handshake" --headed --report report`,
  sure: "chosen",
  source: "the check itself",
});

export const noCallTried = defineRule({
  id: "no-call-tried",
  severity: "error",
  title: "No call attempted",
  explanation:
    "The check received user actions, but could not attempt any call with them. The finding gives the reason.",
  consequence: "Calls are the app's main purpose, but the check cannot judge how the app handles them.",
  remedy: "Add the user action that the finding names, or make the app report a logged-in user.",
  example: `
export const logIn = (frame: FrameLocator) => frame.getByRole("button", { name: "Log in" }).click();`,
  sure: "chosen",
  source: "the check itself: a check with user actions must not pass without a call",
});
