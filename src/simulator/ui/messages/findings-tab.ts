// The Findings tab: lists the session's findings, oldest first.
import { element, make } from "../../../dom/element.ts";
import { throttleToFrame } from "../../../dom/frame-throttle.ts";
import { isMessageType } from "../../../protocol/message-types.ts";
import { isStart } from "../../calls/ledger.ts";
import type { Finding } from "../../rules/finding.ts";
import type { Session } from "../../session/session.ts";
import { createKeyedList } from "../common/keyed-list.ts";
import type { Tabs } from "../common/tabs.ts";
import { createFindingItem, type Group, maxLinks } from "./finding-item.ts";

const maxListed = 200;

/** Precedes the findings about an app if the list contains findings about several apps. */
type Separator = { separator: string; before: string };

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
  let members = new Map<string, Finding[]>();
  const appOf = new WeakMap<Finding, string>();
  let app = "";
  const inWindow = new Set<Finding>();
  const renderList = createKeyedList(element("findings", HTMLOListElement), (item: Group | Separator) => {
    if ("separator" in item) return make("li", { className: "separator" }, item.separator);
    return createFindingItem(item, (index) => {
      const finding = members.get(keyOf(item))?.[index];
      if (finding) go(finding);
    });
  });

  const placeOf = (finding: Finding) => ({ isInWindow: inWindow.has(finding), app: appOf.get(finding) ?? "" });
  function groupOf(finding: Finding): Group {
    const { about: _, ...rest } = finding;
    const names = { messageName: messageName(finding), callName: callName(finding) };
    return { ...rest, ...names, ...placeOf(finding), times: 0, linked: [] };
  }

  const renderSoon = throttleToFrame(() => {
    const groups = new Map<string, Group>();
    members = new Map();
    const all = [...findings, ...inWindow].sort((a, b) => a.at - b.at);
    for (const finding of all) {
      const key = keyOf({ ...finding, ...placeOf(finding) });
      const group = groups.get(key) ?? groupOf(finding);
      groups.set(key, group);
      group.times += 1;
      if (group.linked.length < maxLinks) {
        group.linked.push(finding.at);
        members.set(key, [...(members.get(key) ?? []), finding]);
      }
    }
    renderList(withSeparators([...groups.values()].slice(-maxListed)));
    const errors = all.filter(({ severity }) => severity === "error").length;
    const parts = [countText(errors, "error"), countText(all.length - errors, "warning")].filter(Boolean);
    count.textContent = parts.join(", ") || "none";
    tabs.count("findingsTab", all.length, errors > 0 ? "error" : "warning");
    empty.hidden = all.length > 0;
  });
  on("loading", ({ url }) => {
    app = url;
  });
  on("finding", ({ finding }) => {
    appOf.set(finding, app);
    renderSoon();
  });
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
      appOf.set(finding, app);
      inWindow.add(finding);
      renderSoon();
    },
  };
}

const resultText = (calls: number, messages: number) =>
  `${countText(calls, "call") || "No calls yet"}, ${countText(messages, "message")}, no findings`;
const keyOf = ({ rule, message, isInWindow, app }: Pick<Group, "rule" | "message" | "isInWindow" | "app">) =>
  `${rule} ${isInWindow} ${app} ${message}`;

function withSeparators(groups: readonly Group[]): (Group | Separator)[] {
  if (groups.every(({ app }) => app === groups[0]?.app)) return [...groups];
  return groups.flatMap((group, index) =>
    group.app === groups[index - 1]?.app ? [group] : [{ separator: group.app, before: keyOf(group) }, group],
  );
}

const countText = (number: number, word: string) => (number > 0 ? `${number} ${word}${number === 1 ? "" : "s"}` : "");
