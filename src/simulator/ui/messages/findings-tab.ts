// The Findings tab: lists the session's findings, oldest first.
import { element, make } from "../../../dom/element.ts";
import { throttleToFrame } from "../../../dom/frame-throttle.ts";
import { fieldsOf } from "../../../protocol/fields.ts";
import { externalCallIdOf } from "../../calls/call-ids.ts";
import { isStart } from "../../calls/call-messages.ts";
import type { Finding } from "../../rules/finding.ts";
import { faultKey } from "../../rules/same-fault.ts";
import type { Session } from "../../session/session.ts";
import { createKeyedList } from "../common/keyed-list.ts";
import type { Tabs } from "../common/tabs.ts";
import { createFindingItem, type Group, maxListed } from "./finding-item.ts";
import { worstOf } from "./sequence.ts";

const maxEntries = 200;

type CallName = (finding: Finding) => string | undefined;
type Place = Pick<Group, "isInWindow" | "app" | "key">;
/** Precedes the findings about an app if the list contains findings about several apps. */
type Separator = { separator: string; before: string };

/**
 * @param actions `messageName` returns the name of a finding's message; `callNames` returns a function that names the calls of
 * findings, for one rendering; `go` shows the message; `onCount` receives the number of entries and the number of errors among them
 */
export function createFindingsTab(
  session: Pick<Session, "on" | "findings" | "messages" | "calls">,
  tabs: Tabs,
  {
    messageName,
    callNames,
    go,
    onCount,
  }: {
    messageName(finding: Finding): string | undefined;
    callNames(): CallName;
    go(finding: Finding): void;
    onCount(entries: number, errors: number): void;
  },
) {
  const { on, findings } = session;
  const count = element("findingCount", HTMLElement);
  const empty = element("noFindings", HTMLElement);
  let groups = new Map<string, Finding[]>();
  const placeOf = new WeakMap<Finding, Place>();
  let app = "";
  const inWindow = new Set<Finding>();
  const opened = new Set<string>();
  const renderList = createKeyedList(element("findings", HTMLOListElement), (item: Group | Separator) => {
    if ("separator" in item) return make("li", { className: "separator" }, item.separator);
    return createFindingItem(item, opened, (index) => {
      const finding = groups.get(item.key)?.[index];
      if (finding) go(finding);
    });
  });

  const newPlace = (finding: Finding, isInWindow: boolean): Place => {
    return { app, isInWindow, key: `${faultKey(finding)} ${isInWindow} ${app}` };
  };
  function entryOf(members: readonly Finding[], callName: CallName): Group[] {
    const [first] = members;
    const place = first && placeOf.get(first);
    if (!place) return [];
    const { about: _, ...rest } = first;
    const listed = members.slice(0, maxListed).map((finding) => {
      const { at, message } = finding;
      return { at, message, messageName: messageName(finding), callName: callName(finding) };
    });
    const severity = worstOf(members)?.severity ?? first.severity;
    return [{ ...rest, ...place, severity, times: members.length, listed }];
  }

  const renderSoon = throttleToFrame(() => {
    const all = [...findings, ...inWindow].sort((a, b) => a.at - b.at);
    groups = Map.groupBy(all, (finding) => placeOf.get(finding)?.key ?? "");
    const callName = callNames();
    const entries = [...groups.values()].slice(-maxEntries).flatMap((members) => entryOf(members, callName));
    renderList(withSeparators(entries));
    const errors = [...groups.values()].filter((members) => worstOf(members)?.severity === "error").length;
    const parts = [countText(errors, "error"), countText(groups.size - errors, "warning")].filter(Boolean);
    count.textContent = parts.join(", ") || "none";
    tabs.count("findingsTab", groups.size, errors > 0 ? "error" : "warning");
    onCount(groups.size, errors);
    empty.hidden = groups.size > 0;
  });
  on("loading", ({ url }) => {
    app = url;
  });
  on("finding", ({ finding }) => {
    placeOf.set(finding, newPlace(finding, false));
    renderSoon();
  });
  on("cleared", ({ kind }) => {
    if (kind === "findings") {
      inWindow.clear();
      opened.clear();
    }
    renderSoon();
  });

  showResult(session, empty);

  return {
    /** Schedules rendering for the next animation frame. */
    render: renderSoon,
    /** Adds a finding about the app in the calling window. */
    addFromWindow(finding: Finding): void {
      placeOf.set(finding, newPlace(finding, true));
      inWindow.add(finding);
      renderSoon();
    },
  };
}

/** While the session has no findings, shows the numbers of calls and messages. */
function showResult(session: Pick<Session, "on" | "messages" | "calls">, empty: HTMLElement): void {
  const { on, messages } = session;
  const initialText = empty.textContent;
  /** The engagements of the calls that started before the first message, for example before the page was reloaded. */
  const resumed = new Set<number>();
  const renderResult = throttleToFrame(() => {
    const starts = messages.filter(({ from, type }) => from === "app" && isStart(type));
    const started = new Set(starts.map(({ data }) => externalCallIdOf(fieldsOf(data).externalCallId)));
    for (const { externalCallId, engagementId } of session.calls) {
      if (engagementId !== undefined && !started.has(externalCallId)) resumed.add(engagementId);
    }
    const calls = starts.length + resumed.size;
    empty.textContent = messages.length > 0 ? resultText(calls, messages.length) : initialText;
    empty.classList.toggle("good", calls > 0);
  });
  on("messageReceived", renderResult);
  on("messageSent", renderResult);
  on("cleared", ({ kind }) => {
    if (kind === "messages") resumed.clear();
    renderResult();
  });
}

const resultText = (calls: number, messages: number) =>
  `${countText(calls, "call") || "No calls yet"}, ${countText(messages, "message")}, no findings`;

function withSeparators(entries: readonly Group[]): (Group | Separator)[] {
  if (entries.every(({ app }) => app === entries[0]?.app)) return [...entries];
  return entries.flatMap((entry, index) =>
    entry.app === entries[index - 1]?.app ? [entry] : [{ separator: entry.app, before: entry.key }, entry],
  );
}

const countText = (number: number, word: string) => (number > 0 ? `${number} ${word}${number === 1 ? "" : "s"}` : "");
