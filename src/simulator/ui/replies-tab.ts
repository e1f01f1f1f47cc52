// The Replies tab: sets how HubSpot replies to each message from the app, and after which delay.
import { element, make } from "../../dom/element.ts";
import { isMessageType, type MessageType } from "../../protocol/message-types.ts";
import { inbound, outbound } from "../../protocol/messages.ts";
import { fullNameOf } from "../../protocol/sdk-name.ts";
import { type ReplyMode, replies } from "../session/replies.ts";
import type { Session } from "../session/session.ts";
import { certainties } from "./certainty.ts";

const modeLabels: Record<ReplyMode, string> = { succeed: "succeed", fail: "fail", never: "never" };

export function createRepliesTab(session: Pick<Session, "answer" | "on">): void {
  const types = Object.keys(replies).filter(isMessageType);
  const rows = types.map((type) => createRow(session, type));
  element("answers", HTMLTableSectionElement).replaceChildren(...rows);
}

function createRow(session: Pick<Session, "answer" | "on">, type: MessageType): HTMLElement {
  const { method, answers: events } = outbound[type];
  const sures = [...new Set(events.map((event) => (event === "READY" ? "chosen" : inbound[event].sure)))];
  const choice = make("select", { ariaLabel: `Reply to ${method}` });
  choice.append(...Object.entries(modeLabels).map(([mode, label]) => new Option(label, mode)));
  const delay = make("input", {
    type: "number",
    min: "0",
    value: "0",
    ariaLabel: `Delay for ${method}, milliseconds`,
  });
  const choose = () => {
    if (isReplyMode(choice.value)) session.answer(type, choice.value, delay.valueAsNumber || 0);
  };
  choice.onchange = choose;
  delay.onchange = choose;
  session.on("replyMode", ({ type: changed, mode, delayMs }) => {
    if (changed !== type) return;
    choice.value = mode;
    // An empty field also means 0, so it stays empty.
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
