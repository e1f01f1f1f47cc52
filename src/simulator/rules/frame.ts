// Rules about the frame that the app is in: whether HubSpot can load it, and which of several frames may speak.
import { isAboutCall } from "../calls/ledger.ts";
import { type AppMessage, defineRule, type Fault, type SilentFrame } from "./rule.ts";

/** The size of a frame is its own affair (inferred), and its SDK answers unknown events by itself. */
function speaks({ type, fields, silentFrame }: AppMessage): boolean {
  const isFromSdk = type === "ERROR" && fields.type === "UNKNOWN_MESSAGE_TYPE";
  return silentFrame !== undefined && !isFromSdk && type !== "RESIZE_WIDGET";
}

function checkSilence(sent: AppMessage, frame: SilentFrame): Fault[] {
  const { type } = sent;
  if (sent.silentFrame !== frame || !speaks(sent)) return [];
  const message = `the ${frame} sent ${type}`;
  const once: Fault["once"] = isAboutCall(type)
    ? { in: "current call", key: `the ${frame} speaks` }
    : { in: "session", key: message };
  return [{ message, once }];
}

export const remoteSpeaks = defineRule({
  id: "remote-speaks",
  severity: "error",
  title: "Remote speaks beside the calling window",
  explanation:
    "With usesCallingWindow: true the calling window speaks to HubSpot. The app sent a message from the remote, which must be silent.",
  consequence:
    "HubSpot gets the message from two frames, and each open tab has a remote: one call gets two engagements or more.",
  remedy:
    "In onReady, look at iframeLocation and usesCallingWindow. In a remote that must be silent, send nothing to HubSpot; pass what happens to the window with a BroadcastChannel.",
  example: `
onReady({ iframeLocation, usesCallingWindow }) {
  const isSilent = iframeLocation === "remote" && usesCallingWindow;
  if (!isSilent) cti.initialized({ isLoggedIn: true });
},`,
  sure: "documented",
  source: "the vendor's pages: with a calling window, the window sends and the remote is silent",
  check: (sent) => checkSilence(sent, "remote"),
});

export const windowSpeaks = defineRule({
  id: "window-speaks",
  severity: "error",
  title: "Calling window speaks beside the remote",
  explanation:
    "With usesCallingWindow: false the remote speaks to HubSpot. The app sent a message from the calling window, which must be silent.",
  consequence: "HubSpot gets the message from two frames: one call gets two engagements.",
  remedy:
    "In onReady, look at iframeLocation and usesCallingWindow. In a window that must be silent, send nothing to HubSpot; pass what happens to the remote with a BroadcastChannel.",
  example: `
onReady({ iframeLocation, usesCallingWindow }) {
  const isSilent = iframeLocation === "window" && !usesCallingWindow;
  if (!isSilent) cti.initialized({ isLoggedIn: true });
},`,
  sure: "documented",
  source: "the vendor's pages: with usesCallingWindow false, the remote sends and the window is silent",
  check: (sent) => checkSilence(sent, "window"),
});

export const tooLarge = defineRule({
  id: "too-large",
  severity: "error",
  title: "Message too large",
  explanation: "The app sent a message of more than 100,000 characters. The simulator does not accept it.",
  consequence: "HubSpot's own limit is not documented. A message of this size is most likely a mistake.",
  remedy: "Send what the field is for. Store recordings and transcripts elsewhere, and send their URL.",
  example: `
const hs_call_recording_url = \`https://example.com/recordings/\${externalCallId}\`; // not the recording itself
cti.callCompleted({ externalCallId, engagementId, engagementProperties: { hs_call_recording_url } });`,
  sure: "chosen",
  source: "chosen: a message of more than 100,000 characters is not taken; HubSpot's own limit is not documented",
});

export const notFramed = defineRule({
  id: "not-framed",
  severity: "error",
  title: "HubSpot cannot load the app",
  explanation:
    "The headers of the app's server forbid HubSpot's pages to load it in an iframe, or they lead to another address.",
  consequence: "The widget stays blank in HubSpot.",
  remedy: "serve it with Content-Security-Policy: frame-ancestors https://*.hubspot.com, without X-Frame-Options",
  example: `
response.setHeader("Content-Security-Policy", "frame-ancestors https://*.hubspot.com");
response.removeHeader("X-Frame-Options");`,
  sure: "inferred",
  source: "inferred: HubSpot frames apps from app.hubspot.com and the like, as app-eu1.hubspot.com",
});

export const notSecure = defineRule({
  id: "not-secure",
  severity: "error",
  title: "App not served by https",
  explanation: "The app's address begins with http: and is not on this machine.",
  consequence: "HubSpot's pages are https. A browser does not load an http page in them, so the widget stays blank.",
  remedy: "serve it by https",
  example: `
https.createServer({ key, cert }, handler).listen(443); // https from node:https`,
  sure: "sdk",
  source: "HubSpot's pages are https, in which browsers frame https or this machine alone",
});
