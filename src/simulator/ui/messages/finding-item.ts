// An entry of the Findings tab: one finding, or several findings about the same fault. A finding about a message links to the
// message.
import { make } from "../../../dom/element.ts";
import { formatTime } from "../../../dom/format-time.ts";
import type { Finding } from "../../rules/finding.ts";
import { ruleOf } from "../../rules/index.ts";
import { certainties } from "../common/certainty.ts";
import { truncate } from "../common/truncate.ts";

/** One app's findings about the same fault. The fields are those of the first finding, and the severity is the worst one. */
export type Group = Omit<Finding, "about"> & {
  /** Findings with the same key share an entry. */
  key: string;
  /** The number of findings. */
  times: number;
  /** The findings that the entry lists: the first `maxListed`. */
  listed: ListedFinding[];
  isInWindow: boolean;
  /** The app's URL. */
  app: string;
};
/** The names are undefined for a finding that is not about a message or not about a call. */
export type ListedFinding = Pick<Finding, "at" | "message"> & {
  messageName: string | undefined;
  callName: string | undefined;
};

export const maxListed = 10;

/**
 * @param opened the keys of the entries whose explanations are open
 * @param go shows the message of the finding with this index in `group.listed`
 */
export function createFindingItem(group: Group, opened: Set<string>, go: (index: number) => void): HTMLElement {
  const { rule, severity, title, message, source, remedy, at, times, listed, isInWindow } = group;
  const { messageName, callName } = listed[0] ?? {};
  const item = make(
    "li",
    { className: "finding" },
    make("span", { className: "severity" }, severity),
    make("b", {}, times > 1 ? `${rule} (${times} times)` : rule),
    make("time", {}, formatTime(at)),
    ...(isInWindow ? [make("span", { className: "call" }, "In the calling window")] : []),
    ...(callName && times === 1 ? [make("span", { className: "call" }, truncate(callName))] : []),
    make("p", {}, `${title}: `, truncate(message)),
    make("p", { className: "remedy" }, `How to fix it: ${remedy}`),
    make("small", {}, source),
    createExplanation(group, opened),
    ...(times > 1 ? [createTimes(group, go)] : []),
    ...(messageName && times === 1 ? [createLink(`Show ${truncate(messageName)}`, () => go(0))] : []),
  );
  item.dataset.rule = rule;
  item.dataset.severity = severity;
  if (messageName) {
    item.onclick = ({ target }) => {
      // Selecting text, opening the explanation or clicking in the list must not switch to the Messages tab.
      const isInteractive = target instanceof Element && target.closest("button, details, .times");
      if (!isInteractive && !getSelection()?.toString()) go(0);
    };
  }
  return item;
}

function createLink(text: string, onclick: () => void, ariaLabel: string = text): HTMLElement {
  return make("button", { type: "button", className: "link", onclick, ariaLabel }, text);
}

/** Lists the findings with their times, their calls and, if their texts differ, the ends of their texts. */
function createTimes({ times, listed }: Group, go: (index: number) => void): HTMLElement {
  const ends = differentEnds(listed.map(({ message }) => message));
  const items = listed.map(({ at, messageName, callName }, index) => {
    const time = formatTime(at);
    const label = `Show ${truncate(messageName ?? "")} at ${time}`;
    const link = messageName ? createLink(time, () => go(index), label) : make("time", {}, time);
    const text = [callName, ends[index]].filter(Boolean).join(": ");
    return make("li", {}, link, text ? ` ${truncate(text)}` : "");
  });
  const more = times > listed.length ? [make("li", {}, `and ${times - listed.length} more`)] : [];
  return make("ul", { className: "times" }, ...items, ...more);
}

/** Returns the texts without the words that all of them begin with, or "" for each text if all texts are equal. */
function differentEnds(texts: readonly string[]): string[] {
  if (new Set(texts).size < 2) return texts.map(() => "");
  const words = texts.map((text) => text.split(" "));
  let start = 0;
  while (new Set(words.map((text) => text[start])).size === 1) start += 1;
  return words.map((text) => `${start > 0 ? "… " : ""}${text.slice(start).join(" ")}`);
}

function createExplanation({ rule, reference, key }: Group, opened: Set<string>): HTMLElement {
  const { explanation, consequence, example, sure } = ruleOf(rule);
  const details = make(
    "details",
    { open: opened.has(key) },
    make("summary", { onclick: toggle }, "Why it matters, and an example"),
    make("p", {}, explanation),
    make("p", {}, consequence),
    make("pre", {}, example.trim()),
    make(
      "p",
      { title: certainties[sure].explanation },
      `Certainty: ${certainties[sure].label}. Reference: ${reference}`,
    ),
  );
  /** Runs before the browser toggles the element. The toggle event would come too late if the entry changed in between. */
  function toggle(): void {
    if (details.open) opened.delete(key);
    else opened.add(key);
  }
  return details;
}
