// HubSpot frames an app that takes inbound calls several times: as the remote in every tab, and in the calling window.
// One of them speaks to HubSpot, the window if HubSpot uses a calling window, else the remote; the others only show.
import type CallingExtensions from "@hubspot/calling-extensions-sdk";
import { toJson } from "../dom/to-json.ts";
import type { Unchecked } from "../protocol/messages.ts";

type Message = Parameters<CallingExtensions["sendMessage"]>[0];
type Event = Parameters<CallingExtensions["onMessageHandler"]>[0];

type Heard = {
  /** A message that another frame handed over, to be sent by this one. */
  send(message: Message): void;
  /** An event that another frame received. */
  show(event: Event): void;
  /** What came by the channel and is neither. */
  malformed(): void;
};
type Frames = {
  /** Where READY said that this frame is. */
  settle(place: Unchecked<"READY">): void;
  /** Whether this frame is the one that speaks to HubSpot. */
  speaks(): boolean;
  /** Hands a message to the frame that speaks, if there is a way to it; says what became of the message. */
  passOn(message: Message): string;
  /** Shows an event to the other frames. */
  share(event: Event): void;
};

/** Joins the app's frames of one browser by a BroadcastChannel, which HubSpot's storage partition confines to them. */
export function joinFrames({ send, show, malformed }: Heard): Frames {
  let location = "widget";
  let windowSpeaks = true;
  let channel: BroadcastChannel | undefined;
  const speaks = () => location === "widget" || (location === "window") === windowSpeaks;

  function settle({ iframeLocation, usesCallingWindow, hostUrl, portalId, userId }: Unchecked<"READY">): void {
    location = iframeLocation === "remote" || iframeLocation === "window" ? iframeLocation : "widget";
    windowSpeaks = usesCallingWindow !== false;
    channel?.close();
    channel = undefined;
    if (location === "widget") return;
    // Another account, or another user, may be open in another tab.
    const name = toJson([hostUrl, portalId, userId]);
    channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }: MessageEvent<{ event?: Event; message?: Message } | null>) => {
      const { event, message } = data ?? {};
      if (typeof (event ?? message)?.type !== "string") malformed();
      else if (event && (location === "window" || !speaks())) show(event);
      else if (message && elected) send(message);
    };
    if (location === "remote" && speaks()) void navigator.locks.request(name, beElected).catch(beElected);
  }

  // Every tab has its remote, and a message handed over must be sent once: the remote that holds the lock sends it.
  let elected = false;
  function beElected(): Promise<void> {
    elected = true;
    return new Promise(() => {});
  }

  function passOn(message: Message): string {
    if (location === "remote") return "not sent: the calling window speaks";
    channel?.postMessage({ message });
    return "handed to the remote";
  }

  return { settle, speaks, passOn, share: (event) => channel?.postMessage({ event }) };
}
