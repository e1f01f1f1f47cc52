// The findings of the page, oldest first; each leads to the message that it is about.
import { element, make } from "../../panel/element.ts";
import { clock } from "../../panel/log.ts";
import type { Finding } from "../session/contract.ts";
import type { Tabs } from "./tabs.ts";

/** Findings that are listed. */
const shown = 200;

/**
 * Opens the list.
 * @param go leads to the message that a finding is about; gives undefined where it is about none
 */
export function openFindings(tabs: Tabs, go: (finding: Finding) => (() => void) | undefined) {
  const list = element("findings", HTMLOListElement);
  const counted = new Map<string, { item: HTMLElement; times: number }>();
  const empty = element("noFindings", HTMLElement);

  function count(all: readonly Finding[]): void {
    const errors = all.filter(({ severity }) => severity === "error").length;
    const parts = [many(errors, "error"), many(all.length - errors, "warning")].filter(Boolean);
    element("findingCount", HTMLElement).textContent = parts.join(", ") || "none";
    tabs.count("findingsTab", all.length, errors > 0 ? "error" : "warning");
    empty.hidden = all.length > 0;
  }

  return {
    /** Adds a finding. One that was found before, in the same words, is counted. */
    add(finding: Finding, all: readonly Finding[]): void {
      count(all);
      const key = `${finding.rule} ${finding.message}`;
      const known = counted.get(key);
      if (known) {
        known.times += 1;
        const times = known.item.querySelector(".times");
        if (times) times.textContent = ` (${known.times} times)`;
        return;
      }
      const item = draw(finding, go(finding));
      counted.set(key, { item, times: 1 });
      list.append(item);
      if (list.childElementCount > shown) list.firstElementChild?.remove();
    },
    clear(): void {
      counted.clear();
      list.replaceChildren();
      count([]);
    },
  };
}

const many = (number: number, word: string) => (number > 0 ? `${number} ${word}${number === 1 ? "" : "s"}` : "");

function draw({ rule, severity, message, source, at }: Finding, go: (() => void) | undefined): HTMLElement {
  const link = make("button", { type: "button", className: "link", onclick: () => go?.() }, "Show the message");
  const item = make(
    "li",
    { className: "finding" },
    make("span", { className: "severity" }, severity),
    make("b", {}, rule, make("span", { className: "times" })),
    make("time", {}, clock(at)),
    make("p", {}, message),
    make("small", {}, source),
    ...(go ? [link] : []),
  );
  item.dataset.rule = rule;
  item.dataset.severity = severity;
  if (go) {
    item.onclick = ({ target }) => {
      if (target !== link && !getSelection()?.toString()) go();
    };
  }
  return item;
}
