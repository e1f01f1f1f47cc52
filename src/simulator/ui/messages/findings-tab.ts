// The Findings tab: lists the session's findings, oldest first. A finding about a message links to the message.
import { element, make } from "../../../dom/element.ts";
import { formatTime } from "../../../dom/format-time.ts";
import { throttleToFrame } from "../../../dom/frame-throttle.ts";
import { isMessageType } from "../../../protocol/message-types.ts";
import { isStart } from "../../calls/ledger.ts";
import type { Finding } from "../../rules/finding.ts";
import { ruleOf } from "../../rules/index.ts";
import type { Session } from "../../session/session.ts";
import { certainties } from "../common/certainty.ts";
import { createKeyedList } from "../common/keyed-list.ts";
import type { Tabs } from "../common/tabs.ts";
import { truncate } from "../common/truncate.ts";

const maxListed = 200;

/** Findings with the same `rule` and the same `message`. `at` is the time of the first finding. */
type Group = Omit<Finding, "about"> & {
  times: number;
  messageName: string | undefined;
  callName: string | undefined;
  isInWindow: boolean;
};

/** @param actions `messageName` and `callName` return the names of a finding's message and call; `go` shows the message */
export function createFindingsTab(
  { on, findings, messages }: Pick<Session, "on" | "findings" | "messages">,
  tabs: Tabs,
  {
    messageName,
    callName,
    go,
  }: {
    messageName(finding: Finding): string | undefined;
    callName(finding: Finding): string | undefined;
    go(finding: Finding): void;
  },
) {
  const count = element("findingCount", HTMLElement);
  const empty = element("noFindings", HTMLElement);
  let firsts = new Map<string, Finding>();
  const inWindow = new Set<Finding>();
  const renderList = createKeyedList(element("findings", HTMLOListElement), (group: Group) =>
    createFindingItem(group, () => {
      const first = firsts.get(keyOf(group));
      if (first) go(first);
    }),
  );

  const renderSoon = throttleToFrame(() => {
    const groups = new Map<string, Group>();
    firsts = new Map();
    const all = [...findings, ...inWindow].sort((a, b) => a.at - b.at);
    for (const finding of all) {
      const { about: _, ...rest } = finding;
      const isInWindow = inWindow.has(finding);
      const key = keyOf({ ...rest, isInWindow });
      const group = groups.get(key);
      if (group) group.times += 1;
      else {
        const names = { messageName: messageName(finding), callName: callName(finding) };
        groups.set(key, { ...rest, ...names, isInWindow, times: 1 });
        firsts.set(key, finding);
      }
    }
    renderList([...groups.values()].slice(-maxListed));
    const errors = all.filter(({ severity }) => severity === "error").length;
    const parts = [countText(errors, "error"), countText(all.length - errors, "warning")].filter(Boolean);
    count.textContent = parts.join(", ") || "none";
    tabs.count("findingsTab", all.length, errors > 0 ? "error" : "warning");
    empty.hidden = all.length > 0;
  });
  on("finding", renderSoon);
  on("cleared", ({ kind }) => {
    if (kind === "findings") inWindow.clear();
    renderSoon();
  });

  const initialText = empty.textContent;
  const renderResult = throttleToFrame(() => {
    const calls = messages.filter(({ from, type }) => from === "app" && isMessageType(type) && isStart(type)).length;
    empty.textContent = messages.length > 0 ? resultText(calls, messages.length) : initialText;
    empty.classList.toggle("good", calls > 0);
  });
  on("messageReceived", renderResult);
  on("messageSent", renderResult);
  on("cleared", renderResult);

  return {
    /** Adds a finding about the app in the calling window. */
    addFromWindow(finding: Finding): void {
      inWindow.add(finding);
      renderSoon();
    },
  };
}

const resultText = (calls: number, messages: number) =>
  `${countText(calls, "call") || "No calls yet"}, ${countText(messages, "message")}, no findings`;
const keyOf = ({ rule, message, isInWindow }: Pick<Group, "rule" | "message" | "isInWindow">) =>
  `${rule} ${isInWindow} ${message}`;
const countText = (number: number, word: string) => (number > 0 ? `${number} ${word}${number === 1 ? "" : "s"}` : "");

function createFindingItem(group: Group, go: () => void): HTMLElement {
  const { rule, severity, title, message, source, remedy, at, times, messageName, callName, isInWindow } = group;
  const link = make(
    "button",
    { type: "button", className: "link", onclick: go },
    `Show ${truncate(messageName ?? "")}`,
  );
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
    ...(messageName ? [link] : []),
  );
  item.dataset.rule = rule;
  item.dataset.severity = severity;
  if (messageName) {
    item.onclick = ({ target }) => {
      // Selecting text or opening the explanation must not switch to the Messages tab.
      const isInteractive = target instanceof Element && target.closest("button, details");
      if (!isInteractive && !getSelection()?.toString()) go();
    };
  }
  return item;
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
