// The tab "Answers": how HubSpot replies to each message of the app, and after how long.
import { element, make } from "../../dom/element.ts";
import { isMessageType } from "../../protocol/message-types.ts";
import { inbound, outbound } from "../../protocol/messages.ts";
import { answers, type How } from "../session/replies.ts";
import type { Session } from "../session/session.ts";

const ways: Record<How, string> = { succeed: "succeeds", fail: "fails", never: "never comes" };

/** A row for each message that is answered: how, and after how long. */
export function renderRepliesTab({ switches, answer }: Session): void {
  const rows = Object.keys(answers)
    .filter(isMessageType)
    .map((type) => {
      const { how, delay } = switches.get(type) ?? { how: "succeed", delay: 0 };
      const { method, answers: events } = outbound[type];
      const sure = [...new Set(events.map((event) => (event === "READY" ? "chosen" : inbound[event].sure)))].join(", ");
      const choice = make("select", { ariaLabel: `Answer to ${method}` });
      choice.append(...Object.entries(ways).map(([value, words]) => new Option(words, value, false, value === how)));
      const after = make("input", {
        type: "number",
        min: "0",
        value: `${delay}`,
        ariaLabel: `Delay for ${method}, milliseconds`,
      });
      const changed = () => {
        const chosen = Object.keys(ways).filter(isHow)[choice.selectedIndex] ?? "succeed";
        answer(type, chosen, after.valueAsNumber || 0);
      };
      choice.onchange = changed;
      after.onchange = changed;
      const row = make("tr", { title: events.join(", ") });
      row.append(
        make("td", {}, method, make("br"), make("small", {}, sure)),
        make("td", {}, choice),
        make("td", {}, after),
      );
      return row;
    });
  element("answers", HTMLTableSectionElement).replaceChildren(...rows);
}

const isHow = (name: string): name is How => Object.hasOwn(ways, name);
