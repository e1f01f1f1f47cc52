// What goes between HubSpot and the app in the other pages of the account: the calling window, other tabs. Each page
// tells the others of its messages, so that a diagram can show who spoke.
import * as v from "valibot";
import { toJson } from "../../dom/to-json.ts";
import type { Message } from "../calls/message.ts";
import type { Session } from "../session/session.ts";
import type { Settings } from "../session/settings.ts";

const channelName = "messages between HubSpot and the app";

const told = v.object({
  portalId: v.number(),
  place: v.picklist(["widget", "remote", "window"]),
  at: v.number(),
  from: v.picklist(["app", "hubspot"]),
  type: v.string(),
  data: v.optional(v.string()),
});
const places = { widget: "another tab", remote: "another tab", window: "the calling window" };

type OwnSession = Pick<Session, "on"> & { readonly settings: Pick<Settings, "portalId" | "iframeLocation"> };

/** @param heard is called with each message in another page, and with the name of that page */
export function createOtherTabs({ on, settings }: OwnSession, heard: (message: Message, place: string) => void): void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const read = v.safeParse(told, data);
    if (!read.success || read.output.portalId !== settings.portalId) return;
    const { at, from, type, place, data: json } = read.output;
    heard({ at, from, type, ...(json && { data: JSON.parse(json) }) }, places[place]);
  };
  const tell = ({ message: { at, from, type, data } }: { message: Message }) => {
    const { portalId, iframeLocation: place } = settings;
    channel.postMessage({ portalId, place, at, from, type, data: toJson(data) });
  };
  on("messageSent", tell);
  on("messageReceived", tell);
}
