// Rules that only the check can see: it opens the app in a browser, and does what a person and an attacker do.
import { defineRule } from "./rule.ts";

const guard = `
const trusted = /^https:\\/\\/([\\w-]+\\.)*hubspot\\.com$|^http:\\/\\/127\\.0\\.0\\.1:\\d+$/; // HubSpot, and the simulator
window.addEventListener("message", (event) => {
  if (event.source !== parent || !trusted.test(event.origin)) event.stopImmediatePropagation();
}); // before new CallingExtensions(…)`;
const guardRemedy =
  "Before you create the SDK, add a message listener that stops (stopImmediatePropagation) every message whose source is not window.parent or whose origin is not HubSpot's. src/app/guard.ts of hubspot-calling-app is an example.";

export const untrustedSync = defineRule({
  id: "untrusted-sync",
  severity: "error",
  title: "App follows an untrusted sender",
  explanation: "A frame beside the app, which is not HubSpot, sent SYNC first, and the app took it for HubSpot.",
  consequence:
    "The sender controls the app: it can dial, and it sees phone numbers and notes. The app no longer answers HubSpot.",
  remedy: guardRemedy,
  example: guard,
  sure: "sdk",
  source: "source of SDK 0.9.7: it accepts SYNC from any window of any origin, and the first one controls the app",
});

export const untrustedEvent = defineRule({
  id: "untrusted-event",
  severity: "error",
  title: "App answers an untrusted sender",
  explanation: "A frame beside the app, which is not HubSpot, sent events, and the app reacted to them.",
  consequence: "Another page in the same tab can make the app dial or hang up.",
  remedy: guardRemedy,
  example: guard,
  sure: "chosen",
  source: "our choice: only HubSpot may drive a calling app",
});

export const uncaught = defineRule({
  id: "uncaught",
  severity: "error",
  title: "Uncaught error in the app",
  explanation:
    "An error was thrown in the app and not caught, or a promise was rejected. Nothing checks a payload on its way, so a field may be missing or null.",
  consequence: "What the handler should have done after the error does not happen. A call may be lost.",
  remedy: "Treat every field of an event as one that may be missing or null, and catch rejected promises.",
  example: `
onDialNumber(data) {
  const { phoneNumber = "", calleeInfo } = data ?? {};
  phone.dial(phoneNumber, calleeInfo?.calleeId).catch(showError);
},`,
  sure: "chosen",
  source: "our choice: a calling app must survive any payload; nothing validates payloads on the way",
});

export const accessibility = defineRule({
  id: "accessibility",
  severity: "warning",
  title: "Accessibility violation",
  explanation: "axe-core, a checker for accessibility, found a violation in the app's page.",
  consequence: "People who use a keyboard, a screen reader or large text may not be able to use the app.",
  remedy: "Fix what the finding names: it has axe's name of the rule, its advice, and the first element.",
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
    "A function of your user actions file, which does what a person does in the app, threw an error or took too long.",
  consequence: "The check cannot go on with this call. In HubSpot a person may be unable to do the same.",
  remedy: "Look whether the control is there and enabled at that moment. If it is, correct the function.",
  example: `
export const hangUp = (frame: FrameLocator) => frame.getByRole("button", { name: "Hang up" }).click();`,
  sure: "chosen",
  source: "the user actions file",
});

export const messageNotSent = defineRule({
  id: "message-not-sent",
  severity: "error",
  title: "Message not sent after a user action",
  explanation:
    "After a user action, for example answering a call, the app did not send the message that HubSpot needs.",
  consequence: "HubSpot does not know of this step of the call, and shows an old state.",
  remedy: "Call the SDK's method for the step that the finding names as soon as it happens.",
  example: `
answerButton.onclick = async () => {
  await phone.answer();
  cti.callAnswered({ externalCallId });
};`,
  sure: "documented",
  source: "the vendor's page on the calling SDK: the app tells HubSpot of each step of a call",
});

export const scenarioAborted = defineRule({
  id: "scenario-aborted",
  severity: "error",
  title: "Scenario aborted",
  explanation: "The check could not finish a scenario: the browser, the simulator's page or the app's page failed.",
  consequence: "Nothing is known about what the scenario would have found.",
  remedy: "Run the check again with --headed and with --only and the scenario's name, and look at the console.",
  example: `
npx hubspot-calling-app check http://localhost:3000/ --only "handshake" --headed --report report`,
  sure: "chosen",
  source: "the check itself: the scenario could not be finished",
});
