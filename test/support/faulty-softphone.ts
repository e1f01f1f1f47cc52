// A correct calling app that uses the protocol without the SDK, and the faults that a test can add to it.
export type Fault =
  | "throws for an unknown caller"
  | "trusts any window"
  | "forgets its call"
  | "only echoes the engagementId"
  | "loses its login"
  | "sends initialized from silent frames"
  | "never completes a call"
  | "never ends a call"
  | "ignores END_CALL"
  | "needs a payload in DIAL_NUMBER"
  | "throws an error at startup"
  | "mistakes objectId for the called record"
  | "sends the call's duration in seconds"
  | "makes calls from silent frames";

/** Behavior that can differ between correct apps. */
export type Habit =
  | "opens the caller's record"
  | "does not answer SYNC in the widget"
  | "rejects a promise at startup"
  | "logs in late"
  | "never logs in"
  | "dials late"
  | "requests no engagement"
  | "opens a tel: link"
  | "opens a sip: address";

/** Joins faults for a title that ends with "an app that …". */
export const listOf = (faults: readonly Fault[]) => new Intl.ListFormat("en").format(faults);

/** Returns the app's page. test/check/softphone.actions.ts presses its buttons. */
export const softphone = (
  ...faults: readonly (Fault | Habit)[]
) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Softphone</title>
<main><h1>Softphone</h1>
<button>Call</button><button>Ring</button><button>Answer</button><button>Hang up</button><button>Complete</button></main>
<a href="tel:+18005550151">Dial with the phone</a>
<script>
  const faults = ${JSON.stringify(faults)};
  const is = (fault) => faults.includes(fault);
  const fromNumber = "+18005550100";
  let host, count = 0, toNumber = "+18005550151", callee, call;
  let isSilent = false;
  if (is("throws an error at startup")) setTimeout(() => { throw new Error("no microphone"); });
  const post = (type, data, messageId = "softphone_" + ++count) =>
    isSilent || host.source.postMessage({ type, messageId, data }, host.origin);
  const keep = () => {
    if (!is("forgets its call") && !is("only echoes the engagementId")) localStorage.setItem("call", JSON.stringify(call ?? null));
  };
  const ids = () => ({ externalCallId: call.externalCallId, ...(call.engagementId && { engagementId: call.engagementId }) });

  addEventListener("message", (event) => {
    const { data: message, source, origin } = event;
    if (source !== parent && !is("trusts any window")) return;
    if (message.type === "SYNC") {
      if (host || (is("does not answer SYNC in the widget") && message.iframeLocation === "widget")) return;
      host = { source, origin };
      source.postMessage({ ...message, type: "SYNC_ACK", version: "1.2.3" }, origin);
      ready(message);
    } else if (host?.source === source) handlers[message.type]?.(message.data);
  });

  function ready({ iframeLocation, usesCallingWindow, engagementId }) {
    const kept = JSON.parse(localStorage.getItem("call") ?? "null");
    if (kept && kept.engagementId === engagementId) call = kept;
    const maySend = iframeLocation === "widget" || (iframeLocation === "window") === usesCallingWindow;
    const running = engagementId && !is("forgets its call") ? { engagementId } : {};
    isSilent = !maySend && !is("sends initialized from silent frames") && !is("makes calls from silent frames");
    const isLate = is("logs in late") || is("never logs in");
    const isLost = is("loses its login") && localStorage.getItem("loaded before");
    localStorage.setItem("loaded before", "yes");
    const isLoggedIn = !isLate && !isLost;
    if (maySend || is("sends initialized from silent frames")) post("INITIALIZED", { isLoggedIn, isAvailable: true, ...running });
    if (is("logs in late")) setTimeout(post, 600, "LOGGED_IN");
    if (is("rejects a promise at startup")) Promise.reject(new Error("no microphone"));
  }

  const handlers = {
    DIAL_NUMBER: (data) => {
      toNumber = (is("needs a payload in DIAL_NUMBER") ? data.phoneNumber : data?.phoneNumber) ?? toNumber;
      callee = is("mistakes objectId for the called record") ? data?.objectId : data?.calleeInfo?.calleeId;
      if (is("dials late") && data && !call) setTimeout(actions.Call, 1500);
      if (is("opens a tel: link")) document.querySelector("a").click();
      if (is("opens a sip: address")) location.href = "sip:ada@example.com";
    },
    CREATE_ENGAGEMENT_SUCCEEDED: (data) => {
      if (call) call.engagementId = data?.engagementId;
      keep();
    },
    CALLER_ID_MATCH_SUCCEEDED: (data) => {
      const [first] = data.callerIdMatches;
      document.title = is("throws for an unknown caller") ? first.callerIdType : "Softphone";
      if (first && is("opens the caller's record")) {
        post("NAVIGATE_TO_RECORD", { objectCoordinates: first.objectCoordinates });
      }
    },
    END_CALL: () => !is("ignores END_CALL") && actions["Hang up"](),
  };

  const createEngagement = !is("requests no engagement");
  const start = (type, numbers) => {
    call = { externalCallId: crypto.randomUUID(), answered: Date.now() };
    keep();
    post(type, { externalCallId: call.externalCallId, ...numbers, createEngagement, callStartTime: Date.now() });
  };
  const actions = {
    Call: () => start("OUTGOING_CALL_STARTED", { fromNumber, toNumber }),
    Ring: () => start("INCOMING_CALL", { fromNumber: "+18005550151", toNumber: fromNumber }),
    Answer: () => call && post("CALL_ANSWERED", { externalCallId: call.externalCallId }),
    "Hang up": () => call && !is("never ends a call") && post("CALL_ENDED", { ...ids(), callEndStatus: "COMPLETED" }),
    Complete: () => {
      if (!call || is("never completes a call")) return;
      const durationMs = Date.now() - call.answered;
      const hs_call_duration = String(is("sends the call's duration in seconds") ? Math.round(durationMs / 1000) : durationMs);
      const stored = { hs_call_duration, hs_call_callee_object_id: String(callee) };
      const engagementProperties = { hs_timestamp: Date.now(), hs_call_title: "A call", ...stored };
      post("CALL_COMPLETED", { ...ids(), hideWidget: false, engagementProperties });
      call = undefined;
      keep();
    },
  };
  for (const button of document.querySelectorAll("button")) button.onclick = actions[button.textContent];
</script></html>`;

/** An app that mounts its component twice, and instantiates the SDK each time. */
export const mountedTwice = `
import CallingExtensions from "@hubspot/calling-extensions-sdk";
function mount() {
  let call = {};
  const cti = new CallingExtensions({
    debugMode: false,
    eventHandlers: {
      onReady: () => cti.initialized({ isLoggedIn: true }),
      onDialNumber(event) {
        call = { externalCallId: crypto.randomUUID() };
        const toNumber = event?.phoneNumber ?? "+18005550151";
        cti.outgoingCall({ ...call, fromNumber: "+18005550100", toNumber, createEngagement: true });
      },
      onCreateEngagementSucceeded(event) {
        call.engagementId = event?.engagementId;
        cti.callEnded({ ...call, callEndStatus: "CANCELED" });
        cti.callCompleted({ ...call, hideWidget: false });
      },
      defaultEventHandler: () => {},
    },
  });
}
mount();
mount();`;

/** An app that uses only the SDK, which does not protect apps from untrusted senders. */
export const sdkAlone = `
import CallingExtensions from "@hubspot/calling-extensions-sdk";
const cti = new CallingExtensions({
  debugMode: false,
  eventHandlers: {
    onReady: () => cti.initialized({ isLoggedIn: true }),
    defaultEventHandler: () => {},
  },
});`;
