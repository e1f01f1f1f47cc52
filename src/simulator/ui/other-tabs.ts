// What goes between HubSpot and the app in the other pages of the account: the calling window, other tabs. Each page
// tells the others of its messages, so that a diagram can show who spoke.
import * as v from "valibot";
import { toJson } from "../../dom/log.ts";
import type { Message } from "../calls/message.ts";
import type { Settings } from "../session/session.ts";

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

/**
 * Opens the channel between the pages.
 * @param settings of this page
 * @param heard is told of a message in another page, and in which, in words
 */
export function openElsewhere(
  settings: () => Pick<Settings, "portalId" | "iframeLocation">,
  heard: (message: Message, place: string) => void,
) {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const read = v.safeParse(told, data);
    if (!read.success || read.output.portalId !== settings().portalId) return;
    const { at, from, type, place, data: json } = read.output;
    heard({ at, from, type, ...(json && { data: JSON.parse(json) }) }, places[place]);
  };
  return {
    /** Tells the other pages of a message here. */
    tell({ at, from, type, data }: Message): void {
      const { portalId, iframeLocation: place } = settings();
      channel.postMessage({ portalId, place, at, from, type, data: toJson(data) });
    },
  };
}
