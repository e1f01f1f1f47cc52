// A softphone that handles several calls at once. Each call has a row of buttons. END_CALL ends the call whose externalCallId it
// contains or, if it contains none, the last call.
import CallingExtensions, { type EndStatus } from "@hubspot/calling-extensions-sdk";

type State = "calling" | "ringing" | "in a call" | "ended";
type Call = { externalCallId: string; engagementId: number; number: string; state: State };

const ourNumber = "+18005550100";
const calls: Call[] = [];
const ids = ({ externalCallId, engagementId }: Call) => ({ externalCallId, engagementId });

const eventHandlers = {
  onReady: () => cti.initialized({ isLoggedIn: true }),
  onDialNumber(event: { phoneNumber: string }) {
    const { externalCallId } = add("calling", event.phoneNumber);
    cti.outgoingCall({ externalCallId, fromNumber: ourNumber, toNumber: event.phoneNumber, createEngagement: true });
  },
  onCreateEngagementSucceeded({ engagementId }: { engagementId: number }) {
    const call = calls.find((each) => each.engagementId === 0);
    if (call) change(call, { engagementId });
  },
  onEndCall(event: { externalCallId?: string } | undefined) {
    const id = event?.externalCallId;
    const call = id === undefined ? calls.at(-1) : calls.find(({ externalCallId }) => externalCallId === id);
    if (call) end(call, "COMPLETED");
  },
  defaultEventHandler: () => {},
};
// @ts-expect-error The types of SDK 0.9.7 require all 21 handlers.
const cti = new CallingExtensions({ debugMode: false, eventHandlers });

function add(state: State, number: string): Call {
  const call = { externalCallId: crypto.randomUUID(), engagementId: 0, number, state };
  calls.push(call);
  show();
  return call;
}

function change(call: Call, changes: Partial<Call>): void {
  Object.assign(call, changes);
  show();
}

function receive(fromNumber: string): void {
  const { externalCallId } = add("ringing", fromNumber);
  cti.incomingCall({ externalCallId, fromNumber, toNumber: ourNumber, createEngagement: true });
}

function answer(call: Call): void {
  cti.callAnswered({ externalCallId: call.externalCallId });
  change(call, { state: "in a call" });
}

function end(call: Call, callEndStatus: EndStatus): void {
  cti.callEnded({ ...ids(call), callEndStatus });
  change(call, { state: "ended" });
}

function save(call: Call): void {
  const engagementProperties = { hs_timestamp: Date.now(), hs_call_title: "Call", hs_call_body: "Notes" };
  cti.callCompleted({ ...ids(call), hideWidget: false, engagementProperties });
  calls.splice(calls.indexOf(call), 1);
  show();
}

const actions: Record<State, { [label: string]: (call: Call) => void }> = {
  calling: { Connected: answer, "Hang up": (call) => end(call, "CANCELED") },
  ringing: { Answer: answer, Decline: (call) => end(call, "REJECTED") },
  "in a call": { "Hang up": (call) => end(call, "COMPLETED") },
  ended: { Save: save },
};

function show(): void {
  const rows = calls.map((call) => {
    const buttons = Object.entries(actions[call.state]).map(([label, action]) => button(label, () => action(call)));
    const row = document.createElement("li");
    row.id = call.externalCallId;
    row.append(`${call.number} ${call.state} `, ...buttons);
    return row;
  });
  document.body.replaceChildren(
    button("Simulate an incoming call", () => receive("+442079460301")),
    ...rows,
  );
}

const button = (textContent: string, onclick: () => void) =>
  Object.assign(document.createElement("button"), { textContent, onclick });

show();
