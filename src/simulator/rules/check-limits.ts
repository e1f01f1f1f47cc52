// Rules about apps that disturb the check's scenarios. Only the check reports these rules.
import { defineRule } from "./rule.ts";

export const notResponding = defineRule({
  id: "not-responding",
  severity: "error",
  title: "App's page does not respond",
  explanation:
    "The app's page did not respond within the time limit, or the page's process crashed. The usual causes are a script that blocks the page and a lack of memory.",
  consequence: "The widget freezes. The user can neither hang up nor complete the call.",
  remedy:
    "Look for an endless loop in the code that handles the event or the user action that the finding names, and move long-running work to a worker. After a crash, look for data that grows with every event.",
  example: `
onDialNumber({ phoneNumber }) {
  worker.postMessage({ phoneNumber }); // the worker does the long-running work
},`,
  sure: "chosen",
  source: "the check itself: a page must respond within the time limit that --timeout sets",
});

export const neverStops = defineRule({
  id: "never-stops",
  severity: "error",
  title: "App repeats an action endlessly",
  explanation:
    "In one scenario, the app opened ten dialogs or ten windows, started ten downloads, or printed 2,000 lines to the console. Many console lines usually mean a loop, for example a React effect that depends on an object created in every render.",
  consequence: "The user cannot work on HubSpot's page. A loop keeps the processor busy and slows down the browser.",
  remedy:
    "Show messages on the app's page instead of in dialogs, and open a window or start a download only after a click.",
  example: `
status.textContent = "The call failed."; // instead of alert("The call failed.")
useEffect(connect, [hubspot.userId]); // not [hubspot], if every render creates the object`,
  sure: "chosen",
  source:
    "the check itself: no calling app needs ten dialogs, windows or downloads, or 2,000 console lines, in one scenario",
});

export const neverQuiet = defineRule({
  id: "never-quiet",
  severity: "warning",
  title: "App sends the same message repeatedly",
  explanation:
    "For two seconds, the app sent messages with pauses of less than 0.3 seconds, and at least five of these messages had the same type.",
  consequence:
    "HubSpot's page must handle each message, which can slow the page down. The check cannot tell when the app has finished a step, and may therefore miss later errors.",
  remedy: "Send a message only if something has changed. The SDK needs no heartbeat.",
  example: `
new ResizeObserver(() => cti.resizeWidget({ height: document.body.scrollHeight, width: 400 })).observe(document.body);`,
  sure: "chosen",
  source: "the check itself: it waits for a pause of 0.3 seconds, but no longer than two seconds",
});

export const leavesHubspot = defineRule({
  id: "leaves-hubspot",
  severity: "error",
  title: "App closes or replaces HubSpot's page",
  explanation: "The app closed the browser tab that contains HubSpot's page, or loaded another page in that tab.",
  consequence: "The user loses HubSpot's page and any call in progress.",
  remedy: "Navigate only the app's own frame, never window.top or window.parent. For a login, open a pop-up window.",
  example: `
loginButton.onclick = () => window.open("/login", "login", "popup"); // instead of top.location.href = "/login"`,
  sure: "inferred",
  source: "HubSpot's page contains the app in an iframe, so the app must not navigate that page",
});
