// The Replies tab: sets the outcome and the delay of HubSpot's replies to the app's messages.
import { element, make } from "../../../dom/element.ts";
import { isMessageType, type MessageType } from "../../../protocol/message-types.ts";
import { inbound, outbound } from "../../../protocol/messages.ts";
import { fullNameOf } from "../../../protocol/sdk-name.ts";
import { type ReplyMode, replies } from "../../crm/replies.ts";
import type { Session } from "../../session/session.ts";
import type { Alert } from "../common/alert.ts";
import { certainties } from "../common/certainty.ts";
import type { PageAddress } from "../common/page-address.ts";
import type { Tabs } from "../common/tabs.ts";
import type { SetupTab } from "./setup-buttons.ts";

const prefix = "reply.";
const modeLabels: Record<ReplyMode, string> = { succeed: "succeed", fail: "fail", never: "never" };

type Reply = { mode: ReplyMode; delayMs: number };
const defaultReply: Reply = { mode: "succeed", delayMs: 0 };

/** Reads non-default replies from the page's URL, and stores them there, for example `reply.CALL_COMPLETED=fail,500`. */
export function createRepliesTab(
  session: Pick<Session, "answer" | "on">,
  address: PageAddress,
  tabs: Tabs,
  alert: Alert,
): SetupTab {
  const types = Object.keys(replies).filter(isMessageType);
  const rows = types.map((type) => createRow(session, type));
  element("answers", HTMLTableSectionElement).replaceChildren(...rows);

  const changed = new Set<MessageType>();
  session.on("replyMode", ({ type, mode, delayMs }) => {
    const isDefault = mode === defaultReply.mode && delayMs === defaultReply.delayMs;
    if (isDefault) changed.delete(type);
    else changed.add(type);
    address.set(prefix + type, isDefault ? undefined : [mode, ...(delayMs > 0 ? [delayMs] : [])].join());
    tabs.markSetup("answersTab", changed.size, "Failing, missing or delayed replies");
  });
  for (const [name, value] of [...address.url.searchParams]) {
    if (!name.startsWith(prefix)) continue;
    const type = types.find((known) => name === prefix + known);
    const reply = parseReply(value);
    if (type && reply) session.answer(type, reply.mode, reply.delayMs);
    else alert.show("address", wrongReply(`${name}=${value}`, types));
  }
  return {
    isDefault: () => changed.size === 0,
    reset() {
      for (const type of [...changed]) session.answer(type, defaultReply.mode, defaultReply.delayMs);
    },
  };
}

function parseReply(value: string): Reply | undefined {
  const [mode = "", delay = "0", ...rest] = value.split(",");
  const delayMs = Number(delay);
  return isReplyMode(mode) && delayMs >= 0 && rest.length === 0 ? { mode, delayMs } : undefined;
}

const wrongReply = (parameter: string, types: readonly string[]) =>
  `Invalid parameter ${parameter} in the URL; use a parameter such as ${prefix}${types[0]}=fail,500. The message must be one of ${types.join(", ")}; the reply must be one of ${Object.keys(modeLabels).join(", ")}.`;

function createRow(session: Pick<Session, "answer" | "on">, type: MessageType): HTMLElement {
  const { method, answers: events } = outbound[type];
  const sures = [...new Set(events.map((event) => (event === "READY" ? "chosen" : inbound[event].sure)))];
  const choice = make("select", { ariaLabel: `Reply to ${method}` });
  choice.append(...Object.entries(modeLabels).map(([mode, label]) => new Option(label, mode)));
  const delay = make("input", {
    type: "number",
    min: "0",
    value: "0",
    ariaLabel: `Delay for ${method} in milliseconds`,
  });
  const choose = () => {
    if (isReplyMode(choice.value)) session.answer(type, choice.value, delay.valueAsNumber || 0);
  };
  choice.onchange = choose;
  delay.onchange = choose;
  session.on("replyMode", ({ type: changed, mode, delayMs }) => {
    if (changed !== type) return;
    choice.value = mode;
    // An empty field also means 0, so the field stays empty.
    if ((delay.valueAsNumber || 0) !== delayMs) delay.value = `${delayMs}`;
  });
  const row = make("tr", { title: events.map((event) => fullNameOf("hubspot", event)).join(", ") });
  const title = sures.map((sure) => certainties[sure].explanation).join(" ");
  const certainty = make("small", { title }, sures.map((sure) => certainties[sure].label).join(", "));
  row.append(
    make("td", {}, fullNameOf("app", type), make("br"), certainty),
    make("td", {}, choice),
    make("td", {}, delay),
  );
  return row;
}

const isReplyMode = (name: string): name is ReplyMode => Object.hasOwn(modeLabels, name);
