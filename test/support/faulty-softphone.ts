// A correct calling app that uses the protocol without the SDK, and the faults that it can have.
export type Fault = "throws" | "follows" | "forgets" | "speaks" | "never completes";

/** test/check/softphone.actions.ts presses its buttons. */
export const softphone = (
  fault?: Fault,
) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Softphone</title>
<main><h1>Softphone</h1>
<button>Call</button><button>Ring</button><button>Answer</button><button>Hang up</button><button>Complete</button></main>
<script>
  const fault = ${JSON.stringify(fault)};
  const fromNumber = "+18005550100";
  let host, count = 0, toNumber = "+18005550151", call;
  const post = (type, data, messageId = "softphone_" + ++count) =>
    host.source.postMessage({ type, messageId, data }, host.origin);
  const keep = () => {
    if (fault !== "forgets") localStorage.setItem("call", JSON.stringify(call ?? null));
  };
  const ids = () => ({ externalCallId: call.externalCallId, ...(call.engagementId && { engagementId: call.engagementId }) });

  addEventListener("message", (event) => {
    const { data: message, source, origin } = event;
    if (source !== parent && fault !== "follows") return;
    if (message.type === "SYNC") {
      if (host) return;
      host = { source, origin };
      source.postMessage({ ...message, type: "SYNC_ACK", version: "1.2.3" }, origin);
      ready(message);
    } else if (host?.source === source) handlers[message.type]?.(message.data);
  });

  function ready({ iframeLocation, usesCallingWindow, engagementId }) {
    const kept = JSON.parse(localStorage.getItem("call") ?? "null");
    if (kept && kept.engagementId === engagementId) call = kept;
    const speaks = iframeLocation === "widget" || (iframeLocation === "window") === usesCallingWindow;
    const running = engagementId && fault !== "forgets" ? { engagementId } : {};
    if (speaks || fault === "speaks") post("INITIALIZED", { isLoggedIn: true, isAvailable: true, ...running });
  }

  const handlers = {
    DIAL_NUMBER: (data) => { toNumber = data?.phoneNumber ?? toNumber; },
    CREATE_ENGAGEMENT_SUCCEEDED: (data) => {
      if (call) call.engagementId = data?.engagementId;
      keep();
    },
    CALLER_ID_MATCH_SUCCEEDED: (data) => {
      const [first] = data.callerIdMatches;
      document.title = fault === "throws" ? first.callerIdType : "Softphone";
    },
    END_CALL: () => actions["Hang up"](),
  };

  const start = (type, numbers) => {
    call = { externalCallId: crypto.randomUUID(), answered: Date.now() };
    keep();
    post(type, { externalCallId: call.externalCallId, ...numbers, createEngagement: true, callStartTime: Date.now() });
  };
  const actions = {
    Call: () => start("OUTGOING_CALL_STARTED", { fromNumber, toNumber }),
    Ring: () => start("INCOMING_CALL", { fromNumber: "+18005550151", toNumber: fromNumber }),
    Answer: () => call && post("CALL_ANSWERED", { externalCallId: call.externalCallId }),
    "Hang up": () => call && post("CALL_ENDED", { ...ids(), callEndStatus: "COMPLETED" }),
    Complete: () => {
      if (!call || fault === "never completes") return;
      const engagementProperties = { hs_timestamp: Date.now(), hs_call_title: "A call", hs_call_duration: "1000" };
      post("CALL_COMPLETED", { ...ids(), hideWidget: false, engagementProperties });
      call = undefined;
      keep();
    },
  };
  for (const button of document.querySelectorAll("button")) button.onclick = actions[button.textContent];
</script></html>`;

/** An app whose component is mounted twice, and creates the SDK each time. */
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

/** An app with only the vendor's SDK: it has no protection from untrusted senders. */
export const sdkAlone = `
import CallingExtensions from "@hubspot/calling-extensions-sdk";
const cti = new CallingExtensions({
  debugMode: false,
  eventHandlers: {
    onReady: () => cti.initialized({ isLoggedIn: true }),
    defaultEventHandler: () => {},
  },
});`;
