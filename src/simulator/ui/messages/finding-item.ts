// A findings entry: one finding, or several findings with the same text. A finding about a message links to the message.
import { make } from "../../../dom/element.ts";
import { formatTime } from "../../../dom/format-time.ts";
import type { Finding } from "../../rules/finding.ts";
import { ruleOf } from "../../rules/index.ts";
import { certainties } from "../common/certainty.ts";
import { truncate } from "../common/truncate.ts";

/** Findings of one app with the same `rule` and the same `message`. `at` is the time of the first finding. */
export type Group = Omit<Finding, "about"> & {
  /** The number of findings. */
  times: number;
  /** The times of the first findings, to which the entry links. */
  linked: number[];
  messageName: string | undefined;
  callName: string | undefined;
  isInWindow: boolean;
  /** The app's URL. */
  app: string;
};

export const maxLinks = 10;

/** @param go shows the message of the finding with this index in `group.linked` */
export function createFindingItem(group: Group, go: (index: number) => void): HTMLElement {
  const { rule, severity, title, message, source, remedy, at, times, linked, messageName, callName, isInWindow } =
    group;
  const item = make(
    "li",
    { className: "finding" },
    make("span", { className: "severity" }, severity),
    make("b", {}, times > 1 ? `${rule} (${times} times)` : rule),
    make("time", {}, formatTime(at)),
    ...(isInWindow ? [make("span", { className: "call" }, "In the calling window")] : []),
    ...(callName ? [make("span", { className: "call" }, truncate(callName))] : []),
    make("p", {}, `${title}: `, truncate(message)),
    make("p", { className: "remedy" }, `How to fix it: ${remedy}`),
    make("small", {}, source),
    createExplanation(group),
    ...(messageName ? [createLinks(messageName, linked, go)] : []),
  );
  item.dataset.rule = rule;
  item.dataset.severity = severity;
  if (messageName) {
    item.onclick = ({ target }) => {
      // Selecting text or opening the explanation must not switch to the Messages tab.
      const isInteractive = target instanceof Element && target.closest("button, details");
      if (!isInteractive && !getSelection()?.toString()) go(0);
    };
  }
  return item;
}

/** The first link contains the message's name, and each other link contains the time of its finding. */
function createLinks(messageName: string, linked: readonly number[], go: (index: number) => void): HTMLElement {
  const links = linked.map((at, index) => {
    const text = index === 0 ? `Show ${truncate(messageName)}` : formatTime(at);
    return make("button", { type: "button", className: "link", onclick: () => go(index) }, text);
  });
  return make("div", { className: "links" }, ...links);
}

function createExplanation({ rule, reference }: Group): HTMLElement {
  const { explanation, consequence, example, sure } = ruleOf(rule);
  return make(
    "details",
    {},
    make("summary", {}, "Why it matters, and an example"),
    make("p", {}, explanation),
    make("p", {}, consequence),
    make("pre", {}, example.trim()),
    make(
      "p",
      { title: certainties[sure].explanation },
      `Certainty: ${certainties[sure].label}. Reference: ${reference}`,
    ),
  );
}
