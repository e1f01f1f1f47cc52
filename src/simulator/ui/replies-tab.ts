// The tab "Answers": how HubSpot replies to each message of the app, and after how long.
import { element, make } from "../../dom/element.ts";
import { isMessageType, type MessageType } from "../../protocol/message-types.ts";
import { inbound, outbound } from "../../protocol/messages.ts";
import { type ReplyMode, replies } from "../session/replies.ts";
import type { Session } from "../session/session.ts";

const ways: Record<ReplyMode, string> = { succeed: "succeeds", fail: "fails", never: "never comes" };

/** A row for each message that is answered: how, and after how long. */
export function createRepliesTab(session: Pick<Session, "answer" | "on">): void {
  const types = Object.keys(replies).filter(isMessageType);
  const rows = types.map((type) => createRow(session, type));
  element("answers", HTMLTableSectionElement).replaceChildren(...rows);
}

function createRow(session: Pick<Session, "answer" | "on">, type: MessageType): HTMLElement {
  const { method, answers: events } = outbound[type];
  const sure = [...new Set(events.map((event) => (event === "READY" ? "chosen" : inbound[event].sure)))].join(", ");
  const choice = make("select", { ariaLabel: `Answer to ${method}` });
  choice.append(...Object.entries(ways).map(([mode, label]) => new Option(label, mode)));
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
    // The user may have cleared the field: that is 0, too.
    if ((delay.valueAsNumber || 0) !== delayMs) delay.value = `${delayMs}`;
  });
  const row = make("tr", { title: events.join(", ") });
  row.append(
    make("td", {}, method, make("br"), make("small", {}, sure)),
    make("td", {}, choice),
    make("td", {}, delay),
  );
  return row;
}

const isReplyMode = (name: string): name is ReplyMode => Object.hasOwn(ways, name);
