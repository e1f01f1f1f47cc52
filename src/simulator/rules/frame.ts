// Rules about loading the app in an iframe, and about the frames that may send messages.
import { isAboutCall } from "../calls/call-messages.ts";
import { type AppMessage, defineRule, type Fault, type SilentFrame } from "./rule.ts";

/** A silent frame may resize itself (inferred). Its SDK answers unknown events automatically. */
function breaksSilence({ type, fields, silentFrame }: AppMessage): boolean {
  const isFromSdk = type === "ERROR" && fields.type === "UNKNOWN_MESSAGE_TYPE";
  return silentFrame !== undefined && !isFromSdk && type !== "RESIZE_WIDGET";
}

function checkSilence(sent: AppMessage, frame: SilentFrame): Fault[] {
  const { type } = sent;
  if (sent.silentFrame !== frame || !breaksSilence(sent)) return [];
  const message = `the ${frame} sent ${type}`;
  const once: Fault["once"] = isAboutCall(type)
    ? { in: "current call", key: `the ${frame} speaks` }
    : { in: "session", key: message };
  return [{ message, once }];
}

/** A silent frame must not report the login or end the call, so these rules do not apply to it. */
const ofSilentFrame = ["not-logged-in", "never-ended", "ghost-call"];

export const remoteSpeaks = defineRule({
  id: "remote-speaks",
  severity: "error",
  title: "Remote sends messages while the calling window is active",
  explanation:
    "With usesCallingWindow: true, only the calling window may send messages to HubSpot. The app sent a message other than resizeWidget from the remote.",
  consequence:
    "Each open tab has a remote, so HubSpot can receive the message from several frames. One call can get two or more engagements.",
  remedy:
    "In onReady, read iframeLocation and usesCallingWindow. With usesCallingWindow: true, do not send messages to HubSpot from the remote. The remote can pass events to the calling window through a BroadcastChannel.",
  example: `
onReady({ iframeLocation, usesCallingWindow }) {
  const isSilent = iframeLocation === "remote" && usesCallingWindow;
  if (!isSilent) cti.initialized({ isLoggedIn: true });
},`,
  sure: "documented",
  source:
    "HubSpot's documentation (receive calls page): with usesCallingWindow: true, the window sends the messages and the remote is silent",
  hides: ofSilentFrame,
  check: (sent) => checkSilence(sent, "remote"),
});

export const windowSpeaks = defineRule({
  id: "window-speaks",
  severity: "error",
  title: "Calling window sends messages while the remote is active",
  explanation:
    "With usesCallingWindow: false, only the remote may send messages to HubSpot. The app sent a message other than resizeWidget from the calling window.",
  consequence: "HubSpot can receive the message from two frames, so one call can get two engagements.",
  remedy:
    "In onReady, read iframeLocation and usesCallingWindow. With usesCallingWindow: false, do not send messages to HubSpot from the calling window. The window can pass events to the remote through a BroadcastChannel.",
  example: `
onReady({ iframeLocation, usesCallingWindow }) {
  const isSilent = iframeLocation === "window" && !usesCallingWindow;
  if (!isSilent) cti.initialized({ isLoggedIn: true });
},`,
  sure: "documented",
  source:
    "HubSpot's documentation (receive calls page): with usesCallingWindow: false, the remote sends the messages and the window is silent",
  hides: ofSilentFrame,
  check: (sent) => checkSilence(sent, "window"),
});

export const tooLarge = defineRule({
  id: "too-large",
  severity: "error",
  title: "Message too large",
  explanation: "The app sent a message of more than 100,000 characters. The simulator ignores such messages.",
  consequence: "HubSpot does not document a limit. A message of this size is probably a mistake.",
  remedy: "Send less data. Store recordings and transcripts on a server, and send their URLs.",
  example: `
const hs_call_recording_url = \`https://example.com/recordings/\${externalCallId}\`; // not the recording itself
cti.callCompleted({ externalCallId, engagementId, engagementProperties: { hs_call_recording_url } });`,
  sure: "chosen",
  source: "our choice: the simulator ignores messages of more than 100,000 characters; HubSpot documents no limit",
});

export const notFramed = defineRule({
  id: "not-framed",
  severity: "error",
  title: "HubSpot cannot load the app",
  explanation:
    "The app's response headers do not allow HubSpot to load the app in an iframe, or the server redirects to another URL.",
  consequence:
    "The widget stays blank in HubSpot, or, after a redirect to another origin, the app does not receive SYNC.",
  remedy:
    "Serve the app with the header Content-Security-Policy: frame-ancestors https://*.hubspot.com, without the header X-Frame-Options, and without a redirect.",
  example: `
response.setHeader("Content-Security-Policy", "frame-ancestors https://*.hubspot.com");
response.removeHeader("X-Frame-Options");`,
  sure: "inferred",
  source: "HubSpot loads apps into pages on app.hubspot.com and on other hosts, such as app-eu1.hubspot.com",
});

export const notSecure = defineRule({
  id: "not-secure",
  severity: "error",
  title: "App not served over https",
  explanation: "The app's URL is an http URL, and the app does not run on this machine.",
  consequence:
    "HubSpot's pages use https. A browser does not load an http page inside an https page, so the widget stays blank.",
  remedy: "Serve the app over https.",
  example: `
https.createServer({ key, cert }, handler).listen(443); // https is the module node:https`,
  sure: "sdk",
  source: "browsers block http pages inside https pages, except pages on this machine",
});

export const pageMoved = defineRule({
  id: "page-moved",
  severity: "error",
  title: "App navigated to another page",
  explanation:
    "The app's page navigated to another page, for example a login page. That page did not answer SYNC within the time limit. HubSpot sends SYNC only to the origin of the app's URL, and a page that forbids framing does not load.",
  consequence: "HubSpot stops waiting and treats the widget as failed. The user cannot make calls.",
  remedy:
    "Instantiate the SDK before the login, send isLoggedIn: false, and open the login page in a pop-up window. To move the app to another origin, call setWidgetUrl, which asks HubSpot to load the new URL.",
  example: `
loginButton.onclick = () => window.open("https://login.example.com/", "login", "popup"); // sends a message when the user has logged in
window.addEventListener("message", ({ origin }) => {
  if (origin === "https://login.example.com") cti.userLoggedIn();
});`,
  sure: "inferred",
  source:
    "issues 18, 229 and 230 in the SDK's repository: after a redirect to another origin, the app loses its connection to HubSpot; source code of SDK 0.9.7: the host side sends SYNC only to the origin of the app's URL",
});

export const noMicrophone = defineRule({
  id: "no-microphone",
  severity: "warning",
  title: "App's own headers block the microphone",
  explanation:
    "The app's page is served with a Permissions-Policy header that does not allow the microphone for the app's own origin.",
  consequence:
    "The browser rejects getUserMedia calls without asking the user, although HubSpot's iframe allows the microphone. An app that makes no calls in the browser does not need the microphone.",
  remedy:
    "Allow the microphone for the app's own origin (self) in Permissions-Policy, or omit the microphone from the header.",
  example: `
response.setHeader("Permissions-Policy", "microphone=(self), camera=()");`,
  sure: "sdk",
  source:
    "browsers: a Permissions-Policy header can block the microphone even if the iframe's allow attribute allows the microphone",
});

export const cookieLost = defineRule({
  id: "cookie-lost",
  severity: "warning",
  title: "Cookie not sent back",
  explanation:
    "The app's server sets a cookie that some or all browsers do not send back from HubSpot's iframe, because the cookie lacks SameSite=None, Secure or Partitioned.",
  consequence:
    "HubSpot's page and the app in its iframe belong to different sites. If the browser does not send the cookie back, a login that depends on the cookie does not last.",
  remedy:
    "Set the cookie with the attributes SameSite=None; Secure; Partitioned. A partitioned cookie belongs to one top-level site, so the user must log in again inside HubSpot. Alternatively, keep a token in memory and send it in a header.",
  example: `
response.setHeader("Set-Cookie", "session=…; Path=/; HttpOnly; Secure; SameSite=None; Partitioned");`,
  sure: "sdk",
  source:
    "browsers: a cookie with SameSite=Lax or Strict is never sent from a cross-site iframe; without Partitioned, a browser sends the cookie only if it allows third-party cookies",
});
