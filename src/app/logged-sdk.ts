// A subclass of the SDK that logs the messages. It overrides the two public SDK methods through which all messages except SYNC
// and SYNC_ACK pass; the log shows READY in place of SYNC. The subclass also blocks messages from other windows (guard.ts). If
// HubSpot loads the app several times, the subclass sends messages only from the frames that may send them (relay.ts).
import CallingExtensions, {
  Constants,
  type EventHandlers,
  type OnMessage,
  type Options,
} from "@hubspot/calling-extensions-sdk";
import { createLog } from "../dom/log.ts";
import type { Sent } from "../protocol/payload-types.ts";
import { fill } from "./call.ts";
import { acceptOnlyHubSpot } from "./guard.ts";
import { definedFields, whatIsWrong } from "./payload.ts";
import { followCall } from "./progress.ts";
import { Frames } from "./relay.ts";

export type SdkMethod = Exclude<
  keyof CallingExtensions,
  "options" | "iFrameManager" | "onMessageHandler" | "sendMessage" | "logDebugMessage"
>;

/** An SDK event. Its `type` is the wire type, although the SDK declares it as a handler name. */
type Event = { type: keyof EventHandlers; data: unknown };

const log = createLog();
/** HubSpot sends these events to every frame, so the frames do not share them. */
const frameEvents = ["READY", "VISIBILITY_CHANGED"];

/** What happened to a message that the app tried to send. A lost message does not change the call state. */
const deliveries = {
  sent: { note: "", isLost: false },
  relayed: { note: "sent by the remote", isLost: false },
  notReady: { note: "not sent: HubSpot is not ready", isLost: true },
  notAllowed: { note: "not sent: only the window may send", isLost: true },
  notCloned: { note: "not sent: the browser cannot clone it", isLost: true },
};

/** The SDK methods whose names cannot be derived from their wire types, by wire type. */
const irregularMethods = new Map([
  ["OUTGOING_CALL_STARTED", "outgoingCall"],
  ["LOGGED_IN", "userLoggedIn"],
  ["LOGGED_OUT", "userLoggedOut"],
  ["ERROR", "sendError"],
]);

/** Returns the SDK method that sends this wire type, for example callEnded for CALL_ENDED. */
const methodOf = (type: string) =>
  irregularMethods.get(type) ?? type.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

class LoggedSdk extends CallingExtensions {
  readonly #frames = new Frames({
    send: (message) => {
      fill(message.data ?? {}); // this frame may have to handle the call's next event, for example END_CALL
      this.sendMessage(message);
    },
    show: (event) => this.onMessageHandler(event, "from another frame"),
    malformed: () => log.count({ type: "DROPPED", note: "from another frame: not a message" }),
  });

  constructor(options: Options) {
    acceptOnlyHubSpot({
      untrusted: (origin) => log.count({ type: "DROPPED", note: `from ${origin}` }),
      malformed: (data, note) => log.add({ type: "DROPPED", note, data }),
    });
    super(options);
  }

  get maySend(): boolean {
    return this.#frames.maySend();
  }

  override sendMessage({ type, data }: OnMessage): void {
    const message = data ? { type, data: definedFields(data) } : { type };
    const delivery = deliveries[this.#deliver(message)];
    const problem = whatIsWrong(type, data);
    const note = [problem, delivery.note].filter(Boolean).join("; ");
    log.add({
      from: "app",
      sdkName: methodOf(type),
      ...message,
      note,
      trouble: delivery.isLost || !!problem || undefined,
    });
    if (!delivery.isLost) followCall(type);
  }

  #deliver(message: OnMessage): keyof typeof deliveries {
    if (!this.iFrameManager.isReady) return "notReady";
    if (!this.maySend) return this.#frames.relay(message) ? "relayed" : "notAllowed";
    try {
      super.sendMessage(message);
      return "sent";
    } catch {
      return "notCloned";
    }
  }

  override onMessageHandler(event: Event, note?: string): void {
    const { type, data } = event;
    const isKnown = Object.hasOwn(Constants.messageHandlerNames, type);
    const sdkName = isKnown ? Constants.messageHandlerNames[type] : "defaultEventHandler";
    log.add({ from: "hubspot", type, sdkName, data, note });
    if (Object.is(type, "READY")) this.#frames.settle(data ?? {});
    if (isKnown && !note && !frameEvents.includes(type)) this.#frames.share(event);
    followCall(type);
    super.onMessageHandler({ ...event, data: data ?? {} }); // handlers expect an object, but END_CALL has no data
  }
}

/** A payload whose fields may be undefined, as in an empty form. The message omits undefined fields. */
type Lenient<Payload> = Payload extends object
  ? { [Field in keyof Payload]?: Lenient<Payload[Field]> | undefined }
  : Payload;
type LenientMethod<Payload> = { method(payload: Lenient<Payload>): void }["method"];
type PayloadOf<Method extends SdkMethod> = Parameters<LoggedSdk[Method]>[0];
type LenientSdk = {
  readonly maySend: boolean;
  /** The types of SDK 0.9.7 lack isAvailable and sizeInfo, which HubSpot documents. */
  initialized(payload: Lenient<Sent<"INITIALIZED">>): void;
} & {
  [Method in Exclude<SdkMethod, "initialized">]: PayloadOf<Method> extends undefined
    ? () => void
    : LenientMethod<PayloadOf<Method>>;
};

export const LoggedCallingExtensions: new (options: Options) => LenientSdk = LoggedSdk;
