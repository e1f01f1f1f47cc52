// A softphone, as a starting point for your own calling app. It handles outbound and inbound calls, but contains no telephony.
import CallingExtensions, { type EndStatus } from "@hubspot/calling-extensions-sdk";

// 1. Accept messages only from HubSpot and the simulator. The SDK accepts them from any window, so this must come first.
const trusted = /^https:\/\/([\w-]+\.)*hubspot\.com$|^http:\/\/127\.0\.0\.1:\d+$/;
window.addEventListener("message", (event) => {
  if (event.source !== window.parent || !trusted.test(event.origin)) event.stopImmediatePropagation();
});

// 2. Store the call whenever it changes, because HubSpot reloads this page when the user opens another record.
const noCall = { state: "ready", externalCallId: "", engagementId: 0 };
let call = { ...noCall, state: "waiting for HubSpot" };
const ids = () => ({ externalCallId: call.externalCallId, engagementId: call.engagementId });
function update(changes: Partial<typeof call>): void {
  call = { ...call, ...changes };
  withStorage((storage) => storage.setItem("call", JSON.stringify(call)));
  show(call.state, buttons[call.state]);
}
function withStorage<Result>(use: (storage: Storage) => Result): Result | undefined {
  try {
    return use(localStorage);
  } catch (error) {
    console.warn("The browser blocks storage in this iframe, so a reload loses the call.", error);
    return undefined;
  }
}

// 3. Show the state, and only the buttons that apply to it. The page contains <main><h1>Softphone</h1><p></p></main>.
const buttons: { [state: string]: { [label: string]: () => void } } = {
  ready: { "Simulate an incoming call": () => receiveCall("+18005550151") },
  calling: { Answered: answer, "Hang up": () => endCall("CANCELED") },
  ringing: { Answer: answer, Decline: () => endCall("REJECTED") },
  "in a call": { "Hang up": () => endCall("COMPLETED") },
  ended: { Save: saveCall },
};
function show(text: string, offered: { [label: string]: () => void } = {}): void {
  const shown = Object.entries(offered).map(([textContent, onclick]) =>
    Object.assign(document.createElement("button"), { textContent, onclick }),
  );
  (document.querySelector("main p") ?? document.body).replaceChildren(`${text} `, ...shown);
}

// 4. Handle HubSpot's events. The SDK does not validate them: any field may be missing.
type Session = { engagementId?: number; iframeLocation?: string; usesCallingWindow?: boolean };
const eventHandlers = {
  onReady({ engagementId, iframeLocation = "widget", usesCallingWindow }: Session) {
    const sender = usesCallingWindow === false ? "remote" : "window"; // if the app supports inbound calls, only one frame may send messages
    if (!["widget", sender].includes(iframeLocation)) return show(`calls take place in the ${sender}`);
    const stored: typeof call = JSON.parse(withStorage((storage) => storage.getItem("call")) ?? "null") ?? noCall;
    update(stored.engagementId === engagementId ? stored : noCall); // HubSpot sends the id of the call in progress
    const user = { isLoggedIn: true, isAvailable: true, ...(engagementId && { engagementId }) };
    cti.initialized(user);
  },
  onDialNumber(event: { phoneNumber?: string } | null) {
    if (!event?.phoneNumber || call.state !== "ready") return;
    cti.outgoingCall({ ...newCall("calling"), fromNumber: ourNumber, toNumber: event.phoneNumber });
  },
  onCreateEngagementSucceeded: (event: { engagementId?: number } | null) =>
    update({ engagementId: event?.engagementId ?? call.engagementId }),
  onEndCall: () => endCall("COMPLETED"),
  defaultEventHandler: () => {}, // all other events
};
// @ts-expect-error The types of SDK 0.9.7 require all 21 handlers. The default handler covers the missing ones.
const cti = new CallingExtensions({ debugMode: false, eventHandlers });

// 5. Tell HubSpot what happens to the call. createEngagement puts it on the record's timeline.
const ourNumber = "+18005550100"; // get the user's number from your backend
function newCall(state: "calling" | "ringing") {
  update({ ...noCall, state, externalCallId: crypto.randomUUID() });
  return { externalCallId: call.externalCallId, createEngagement: true };
}
function receiveCall(fromNumber: string): void {
  cti.incomingCall({ ...newCall("ringing"), fromNumber, toNumber: ourNumber });
}
function answer(): void {
  cti.callAnswered({ externalCallId: call.externalCallId });
  update({ state: "in a call" });
}
function endCall(callEndStatus: EndStatus): void {
  if (!["calling", "ringing", "in a call"].includes(call.state)) return;
  cti.callEnded({ ...ids(), callEndStatus });
  update({ state: "ended" });
}
function saveCall(): void {
  const engagementProperties = { hs_timestamp: Date.now(), hs_call_title: "Call", hs_call_body: "Notes" };
  cti.callCompleted({ ...ids(), hideWidget: false, engagementProperties });
  update(noCall);
}
