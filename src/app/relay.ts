// HubSpot loads an app that takes inbound calls several times: as the remote in each tab, and in the calling window. Only one
// of these frames may send messages: the window if HubSpot uses a calling window, otherwise the remote.
// The frames share a BroadcastChannel: events are shown to the others, and the window's messages are relayed to the remote.
import type { EventHandlers, OnMessage } from "@hubspot/calling-extensions-sdk";
import { toJson } from "../dom/to-json.ts";
import type { Unchecked } from "../protocol/messages.ts";

type Event = { type: keyof EventHandlers; data: unknown };
type Shared = { event?: Event; message?: OnMessage } | null;

type Receivers = {
  /** A message that the window relayed, for this frame to send. */
  send(message: OnMessage): void;
  /** An event that another frame received. */
  show(event: Event): void;
  /** Something on the channel that is neither. */
  malformed(): void;
};

/** Connects this frame to the app's other frames in this browser, once `settle` says where HubSpot has put it. */
export function joinFrames({ send, show, malformed }: Receivers) {
  let location = "widget";
  let windowSends = true;
  let channel: BroadcastChannel | undefined;
  let holdsLock = false;

  const maySend = () => location === "widget" || (location === "window") === windowSends;

  function settle({ iframeLocation, usesCallingWindow, hostUrl, portalId, userId }: Unchecked<"READY">): void {
    location = iframeLocation === "remote" || iframeLocation === "window" ? iframeLocation : "widget";
    windowSends = usesCallingWindow !== false;
    channel?.close();
    channel = undefined;
    if (location === "widget") return;
    const name = toJson([hostUrl, portalId, userId]); // another tab may belong to another account or user
    channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }: MessageEvent<Shared>) => receive(data ?? {});
    if (location === "remote" && maySend()) void navigator.locks.request(name, holdLock).catch(holdLock);
  }

  function receive({ event, message }: NonNullable<Shared>): void {
    if (typeof (event ?? message)?.type !== "string") malformed();
    else if (event && (location === "window" || !maySend())) show(event);
    else if (message && holdsLock) send(message);
  }

  /** Every tab has a remote, and a relayed message must be sent once: by the remote that holds the lock. */
  function holdLock(): Promise<void> {
    holdsLock = true;
    return new Promise(() => {});
  }

  /** Relays a message to the remote. Gives false in the remote itself, since the window takes no messages from it. */
  function relay(message: OnMessage): boolean {
    if (location === "remote") return false;
    channel?.postMessage({ message });
    return true;
  }

  /** Shows an event to the other frames. */
  function share(event: Event): void {
    channel?.postMessage({ event });
  }

  return { settle, maySend, relay, share };
}
