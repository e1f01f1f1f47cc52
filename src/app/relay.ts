// If an app supports inbound calls, HubSpot loads it several times: as a remote in each tab, and in the calling window. If
// usesCallingWindow is false, only the remotes may send messages; otherwise, only the window may.
// The frames share a BroadcastChannel. The window, and remotes that may not send messages, also show the events that other
// frames receive. A window that may not send messages relays its messages to one of the remotes.
import type { EventHandlers, OnMessage } from "@hubspot/calling-extensions-sdk";
import { toJson } from "../dom/to-json.ts";
import type { Unchecked } from "../protocol/payload-types.ts";

type Event = { type: keyof EventHandlers; data: unknown };
type Shared = { event?: Event; message?: OnMessage } | null;

type Receivers = {
  /** Called for a message that the window relayed and that this frame must send. */
  send(message: OnMessage): void;
  /** Called for an event that another frame received and that this frame must show. */
  show(event: Event): void;
  /** Called for data on the channel that is neither a message nor an event. */
  malformed(): void;
};

/** Connects the app's frames in this browser. Call `settle` when READY arrives, because READY contains the frame's location. */
export class Frames {
  #location = "widget";
  #windowSends = true;
  #channel: BroadcastChannel | undefined;
  #holdsLock = false;

  constructor(readonly receivers: Receivers) {}

  maySend(): boolean {
    return this.#location === "widget" || (this.#location === "window") === this.#windowSends;
  }

  settle({ iframeLocation, usesCallingWindow, hostUrl, portalId, userId }: Unchecked<"READY">): void {
    this.#location = iframeLocation === "remote" || iframeLocation === "window" ? iframeLocation : "widget";
    this.#windowSends = usesCallingWindow !== false;
    this.#channel?.close();
    this.#channel = undefined;
    if (this.#location === "widget") return;
    const name = toJson([hostUrl, portalId, userId]); // another tab may belong to another account or user
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }: MessageEvent<Shared>) => this.#receive(data ?? {});
    if (this.#location === "remote" && this.maySend()) void this.#requestLock(name);
  }

  /** Every tab has a remote, but only the remote that holds the lock sends relayed messages. */
  #requestLock(name: string): Promise<void> {
    const hold = () => {
      this.#holdsLock = true;
      return new Promise<void>(() => {});
    };
    return navigator.locks.request(name, hold).catch(hold);
  }

  #receive({ event, message }: NonNullable<Shared>): void {
    if (typeof (event ?? message)?.type !== "string") this.receivers.malformed();
    else if (event && (this.#location === "window" || !this.maySend())) this.receivers.show(event);
    else if (message && this.#holdsLock) this.receivers.send(message);
  }

  /** Relays a message to one of the remotes. Returns false in a remote, because remotes do not relay messages. */
  relay(message: OnMessage): boolean {
    if (this.#location === "remote") return false;
    this.#channel?.postMessage({ message });
    return true;
  }

  share(event: Event): void {
    this.#channel?.postMessage({ event });
  }
}
