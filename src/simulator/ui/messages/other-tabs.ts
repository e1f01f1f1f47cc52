// Sends copies of this page's messages to the simulator's other tabs and to the calling window, and receives their copies.
// The sequence diagram can then show messages from all apps of the same account.
import * as v from "valibot";
import { toJson } from "../../../dom/to-json.ts";
import type { Message } from "../../calls/message.ts";
import type { Session } from "../../session/session.ts";
import type { Settings } from "../../session/settings.ts";

const channelName = "messages between HubSpot and the app";

const copySchema = v.object({
  portalId: v.number(),
  place: v.picklist(["widget", "remote", "window"]),
  at: v.number(),
  from: v.picklist(["app", "hubspot"]),
  type: v.string(),
  data: v.optional(v.string()),
});
const placeNames = { widget: "another tab", remote: "another tab", window: "the calling window" };

type Copy = v.InferOutput<typeof copySchema>;

/** Sending a copy takes longer than handling the message, so the page sends copies at most this often. */
const burstMs = 50;

type OwnSession = Pick<Session, "on"> & { readonly settings: Pick<Settings, "portalId" | "iframeLocation"> };

/** @param onMessage receives each message from the account's other pages; `place` is "another tab" or "the calling window" */
export function createOtherTabs(
  { on, settings }: OwnSession,
  onMessage: (message: Message, place: string) => void,
): void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    for (const copy of Array.isArray(data) ? data : []) {
      const read = v.safeParse(copySchema, copy);
      if (!read.success || read.output.portalId !== settings.portalId) continue;
      const { at, from, type, place, data: json } = read.output;
      onMessage({ at, from, type, ...(json && { data: JSON.parse(json) }) }, placeNames[place]);
    }
  };
  const send = createBatches<Copy>((copies) => channel.postMessage(copies));
  const broadcast = ({ message: { at, from, type, data } }: { message: Message }) => {
    const { portalId, iframeLocation: place } = settings;
    send({ portalId, place, at, from, type, data: toJson(data) });
  };
  on("messageSent", broadcast);
  on("messageReceived", broadcast);
}

/** Returns a function that sends an item immediately, or in a batch if it sent another item within the last 50 ms. */
function createBatches<Item>(send: (items: Item[]) => void): (item: Item) => void {
  const waiting: Item[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    if (waiting.length === 0) return;
    send(waiting.splice(0));
    timer = setTimeout(flush, burstMs);
  };
  return (item) => {
    waiting.push(item);
    if (timer === undefined) flush();
  };
}
