// A softphone in ten steps, complete but for the telephone. To run it, bundle it beside an index.html that says no more than
// <!doctype html><html lang="en"><title>Softphone</title><main><h1>Softphone</h1></main><script src="softphone.js"></script>
import CallingExtensions, { type EndStatus } from "@hubspot/calling-extensions-sdk";

// 1. Only HubSpot may speak to the page: the SDK believes any window, so this listener comes before the SDK's.
const hubspot = /^https:\/\/([\w-]+\.)*hubspot\.com$|^http:\/\/127\.0\.0\.1:\d+$/;
window.addEventListener("message", (event) => {
  if (event.source !== window.parent || !hubspot.test(event.origin)) event.stopImmediatePropagation();
});

// 2. The call as the softphone knows it. Its own id outlives the page, which HubSpot loads anew when the user moves on.
const fromNumber = "+18005550100";
const call = { externalCallId: localStorage.getItem("call") ?? "", engagementId: 0 };
const id = () => ({ externalCallId: call.externalCallId });

// 3. What a person can press, and a line that says where the call is.
const page = document.querySelector("main") ?? document.body;
const line = page.appendChild(document.createElement("p"));
const show = (words: string) => line.replaceChildren(words);
const button = (textContent: string, onclick: () => void) =>
  page.append(Object.assign(document.createElement("button"), { textContent, onclick }));

const eventHandlers = {
  // 4. HubSpot is there: say who is logged in, and take up the call that was running, if one was.
  onReady({ engagementId }: { engagementId?: number }) {
    call.engagementId = engagementId ?? 0;
    cti.initialized({ isLoggedIn: true, ...(engagementId && { engagementId }) });
    show(engagementId ? "In a call" : "Ready");
  },
  // 5. The user pressed Call on a record. Ask for an engagement: without one, nothing comes to the timeline.
  onDialNumber(dialled: { phoneNumber: string } | null) {
    if (!dialled) return;
    call.externalCallId = crypto.randomUUID();
    localStorage.setItem("call", call.externalCallId);
    cti.outgoingCall({ ...id(), fromNumber, toNumber: dialled.phoneNumber, createEngagement: true });
    show(`Ringing at ${dialled.phoneNumber}`);
  },
  // 6. HubSpot made the engagement: its id goes with what comes next.
  onCreateEngagementSucceeded: ({ engagementId }: { engagementId: number }) => Object.assign(call, { engagementId }),
  // 7. HubSpot's own button to hang up.
  onEndCall: () => end("COMPLETED"),
  defaultEventHandler: () => {}, // 8. Whatever else there is, or comes to be.
};
// @ts-expect-error The types of SDK 0.9.7 ask for all 21 handlers; one that is left out goes to the default.
const cti = new CallingExtensions({ debugMode: false, eventHandlers });

// 9. The telephone's own news: somebody answered, the call is over.
button("Answered", () => cti.callAnswered(id()));
button("Hang up", () => end("COMPLETED"));
function end(callEndStatus: EndStatus): void {
  cti.callEnded({ ...call, callEndStatus });
  show("Ended: save the call");
}

// 10. Done: HubSpot puts it on the timeline.
button("Save", () => {
  const engagementProperties = { hs_timestamp: Date.now(), hs_call_title: "Call", hs_call_body: "As talked about" };
  cti.callCompleted({ ...call, hideWidget: false, engagementProperties });
  show("Saved");
});
