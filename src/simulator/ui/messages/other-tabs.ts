// Sends copies of this page's messages and findings to the simulator's other tabs and to the calling window, and receives
// their copies. The sequence diagram can then show messages from all apps of the same account, and the tab keeps the calling
// window's findings after the window has been closed.
import * as v from "valibot";
import { toJson } from "../../../dom/to-json.ts";
import type { Message } from "../../calls/message.ts";
import type { Finding } from "../../rules/finding.ts";
import { rules } from "../../rules/index.ts";
import type { Session } from "../../session/session.ts";
import type { Settings } from "../../session/settings.ts";

const channelName = "messages between HubSpot and the app";

const sender = { portalId: v.number(), place: v.picklist(["widget", "remote", "window"]), page: v.string() };
const messageSchema = v.object({
  ...sender,
  /** The message's number on its page. */
  number: v.number(),
  at: v.number(),
  from: v.picklist(["app", "hubspot"]),
  type: v.string(),
  data: v.optional(v.string()),
});
const findingSchema = v.object({
  ...sender,
  finding: v.object({
    rule: v.picklist(rules.map(({ id }) => id)),
    severity: v.picklist(["error", "warning"]),
    title: v.string(),
    message: v.string(),
    source: v.string(),
    remedy: v.string(),
    reference: v.string(),
    at: v.number(),
    field: v.exactOptional(v.string()),
  }),
  /** The number of the finding's message. */
  about: v.optional(v.number()),
});
const copySchema = v.union([messageSchema, findingSchema]);
const placeNames = { widget: "another tab", remote: "another tab", window: "the calling window" };

type Copy = v.InferOutput<typeof copySchema>;
/** The messages that a finding can still be about. */
const maxKept = 10_000;

/** Sending a copy takes longer than handling the message, so the page sends copies at most this often. */
const burstMs = 50;

type OwnSession = Pick<Session, "on"> & { readonly settings: Pick<Settings, "portalId" | "iframeLocation"> };

type OtherTabs = {
  /** Receives each message from the account's other pages. `place` is "another tab" or "the calling window". */
  message(message: Message, place: string): void;
  /** Receives each finding from the account's calling window. */
  finding(finding: Finding, message: Message | undefined): void;
};

export function createOtherTabs(session: OwnSession, receive: OtherTabs): void {
  const channel = new BroadcastChannel(channelName);
  const messages = new Map<string, Message>();

  function keep(key: string, message: Message): void {
    messages.set(key, message);
    const [oldest] = messages.keys();
    if (messages.size > maxKept && oldest !== undefined) messages.delete(oldest);
  }

  function take(copy: Copy): void {
    const { place, page } = copy;
    if ("finding" in copy) {
      if (place === "window") receive.finding(copy.finding, messages.get(`${page} ${copy.about}`));
      return;
    }
    const { number, at, from, type, data: json } = copy;
    const message: Message = { at, from, type, ...(json && { data: JSON.parse(json) }) };
    keep(`${page} ${number}`, message);
    receive.message(message, placeNames[place]);
  }

  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    for (const copy of Array.isArray(data) ? data : []) {
      const read = v.safeParse(copySchema, copy);
      if (read.success && read.output.portalId === session.settings.portalId) take(read.output);
    }
  };
  sendCopies(session, (copies) => channel.postMessage(copies));
}

function sendCopies({ on, settings }: OwnSession, post: (copies: Copy[]) => void): void {
  const page = crypto.randomUUID();
  const numbers = new WeakMap<Message, number>();
  let count = 0;
  const send = createBatches<Copy>(post);
  const own = () => ({ portalId: settings.portalId, place: settings.iframeLocation, page });
  const sendMessage = ({ message }: { message: Message }) => {
    count += 1;
    numbers.set(message, count);
    const { at, from, type, data } = message;
    send({ ...own(), number: count, at, from, type, data: toJson(data) });
  };
  on("messageSent", sendMessage);
  on("messageReceived", sendMessage);
  on("finding", ({ finding, message }) => {
    const { about: _, ...copied } = finding;
    send({ ...own(), finding: copied, about: message && numbers.get(message) });
  });
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
