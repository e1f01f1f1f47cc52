// A correct calling app that uses the protocol without the SDK, and the faults that it can have.
export type Fault = "throws" | "follows" | "forgets" | "speaks" | "never completes" | "takes objectId";

/** test/check/softphone.actions.ts presses its buttons. */
export const softphone = (
  fault?: Fault,
) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Softphone</title>
<main><h1>Softphone</h1>
<button>Call</button><button>Ring</button><button>Answer</button><button>Hang up</button><button>Complete</button></main>
<script>
  const fault = ${JSON.stringify(fault)};
  const fromNumber = "+18005550100";
  let host, count = 0, toNumber = "+18005550151", callee, call;
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
    DIAL_NUMBER: (data) => {
      toNumber = data?.phoneNumber ?? toNumber;
      callee = fault === "takes objectId" ? data?.objectId : data?.calleeInfo?.calleeId;
    },
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
      const engagementProperties = { hs_timestamp: Date.now(), hs_call_title: "A call", hs_call_duration: "1000", hs_call_callee_object_id: String(callee) };
      post("CALL_COMPLETED", { ...ids(), hideWidget: false, engagementProperties });
      call = undefined;
      keep();
    },
  };
  for (const button of document.querySelectorAll("button")) button.onclick = actions[button.textContent];
</script></html>`;

/** An app that uses only the SDK, which does not protect it from untrusted senders. */
export const sdkAlone = `
import CallingExtensions from "@hubspot/calling-extensions-sdk";
const cti = new CallingExtensions({
  debugMode: false,
  eventHandlers: {
    onReady: () => cti.initialized({ isLoggedIn: true }),
    defaultEventHandler: () => {},
  },
});`;
