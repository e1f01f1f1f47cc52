// The findings of the page, oldest first; each leads to the message that it is about.
import { element, make } from "../../dom/element.ts";
import { formatTime } from "../../dom/format-time.ts";
import { throttleToFrame } from "../../dom/frame-throttle.ts";
import type { Finding } from "../rules/engine.ts";
import type { Session } from "../session/session.ts";
import { createKeyedList } from "./keyed-list.ts";
import type { Tabs } from "./tabs.ts";
import { truncate } from "./truncate.ts";

/** Findings that are listed. */
const shown = 200;

/** Findings in the same words are one, told as often as they came; `at` is when the first did. */
type Told = Omit<Finding, "about"> & { times: number; leads: boolean };

/** @param leads whether the message of a finding is known, and can be gone to */
export function createFindingsTab(
  { on, findings }: Pick<Session, "on" | "findings">,
  tabs: Tabs,
  { leads, go }: { leads(finding: Finding): boolean; go(finding: Finding): void },
): void {
  const count = element("findingCount", HTMLElement);
  const empty = element("noFindings", HTMLElement);
  let firsts = new Map<string, Finding>();
  const draw = createKeyedList(element("findings", HTMLOListElement), (told: Told) =>
    drawFinding(told, () => {
      const first = firsts.get(keyOf(told));
      if (first) go(first);
    }),
  );

  const drawSoon = throttleToFrame(() => {
    const told = new Map<string, Told>();
    firsts = new Map();
    for (const finding of findings) {
      const { about: _, ...rest } = finding;
      const before = told.get(keyOf(finding));
      if (before) before.times += 1;
      else {
        told.set(keyOf(finding), { ...rest, times: 1, leads: leads(finding) });
        firsts.set(keyOf(finding), finding);
      }
    }
    draw([...told.values()].slice(-shown));
    const errors = findings.filter(({ severity }) => severity === "error").length;
    const parts = [many(errors, "error"), many(findings.length - errors, "warning")].filter(Boolean);
    count.textContent = parts.join(", ") || "none";
    tabs.count("findingsTab", findings.length, errors > 0 ? "error" : "warning");
    empty.hidden = findings.length > 0;
  });
  on("finding", drawSoon);
  on("cleared", ({ kind }) => {
    if (kind === "findings") drawSoon();
  });
}

const keyOf = ({ rule, message }: Pick<Finding, "rule" | "message">) => `${rule} ${message}`;
const many = (number: number, word: string) => (number > 0 ? `${number} ${word}${number === 1 ? "" : "s"}` : "");

function drawFinding({ rule, severity, message, source, at, times, leads }: Told, go: () => void): HTMLElement {
  const link = make("button", { type: "button", className: "link", onclick: go }, "Show the message");
  const item = make(
    "li",
    { className: "finding" },
    make("span", { className: "severity" }, severity),
    make("b", {}, times > 1 ? `${rule} (${times} times)` : rule),
    make("time", {}, formatTime(at)),
    make("p", {}, truncate(message)),
    make("small", {}, source),
    ...(leads ? [link] : []),
  );
  item.dataset.rule = rule;
  item.dataset.severity = severity;
  if (leads) {
    item.onclick = ({ target }) => {
      // Whoever selects its words is not sent away.
      if (target !== link && !getSelection()?.toString()) go();
    };
  }
  return item;
}
