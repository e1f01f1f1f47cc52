// The tab list: shows the selected tab's pane. A click, the arrow keys, Home and End select a tab.
import { element, make } from "../../../dom/element.ts";

export type Tone = "none" | "warning" | "error";
export type Tabs = ReturnType<typeof createTabs>;

const key = "tab";
const moves: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** @param storage stores the selected tab; if the storage contains no tab, the first tab is selected */
export function createTabs(storage: Pick<Storage, "getItem" | "setItem">) {
  const list = element("tabs", HTMLElement);
  const tabs = [...list.querySelectorAll<HTMLButtonElement>("[role=tab]")];
  const paneOf = (tab: HTMLButtonElement) => element(tab.getAttribute("aria-controls") ?? "", HTMLElement);
  /** What to run when the user selects a tab, by the tab's id. */
  const waiting = new Map<string, () => void>();

  function show(id: string): void {
    const selected = tabs.find((tab) => tab.id === id) ?? tabs[0];
    for (const tab of tabs) {
      tab.ariaSelected = `${tab === selected}`;
      tab.tabIndex = tab === selected ? 0 : -1;
      paneOf(tab).hidden = tab !== selected;
    }
    if (!selected) return;
    storage.setItem(key, selected.id);
    waiting.get(selected.id)?.();
    waiting.delete(selected.id);
  }

  for (const tab of tabs) {
    tab.append(" ", make("span", { className: "count" }));
    tab.onclick = () => show(tab.id);
  }
  list.onkeydown = (event) => {
    const move = moves[event.key];
    const at = tabs.findIndex((tab) => tab.id === document.activeElement?.id);
    const next = move && tabs[move(at, tabs.length)];
    if (!next) return;
    event.preventDefault();
    show(next.id);
    next.focus();
  };
  show(storage.getItem(key) ?? "");

  return {
    show,
    /** Runs the callback as soon as the tab is selected. A later callback for the same tab replaces an earlier one. */
    onceSelected(id: string, callback: () => void): void {
      if (element(id, HTMLButtonElement).ariaSelected === "true") callback();
      else waiting.set(id, callback);
    },
    /** Returns the tabs' ids and names, in the order of the page. */
    all: () => tabs.map((tab) => ({ id: tab.id, name: tab.firstChild?.textContent ?? "" })),
    focus(id: string): void {
      show(id);
      element(id, HTMLButtonElement).focus();
    },
    /** Shows the count beside the tab's name, unless the count is 0. */
    count(id: string, items: number, tone: Tone = "none"): void {
      const count = element(id, HTMLButtonElement).querySelector<HTMLElement>(".count");
      if (!count) return;
      count.textContent = items > 0 ? `${items}` : "";
      count.dataset.tone = tone;
    },
    /** Shows beside the tab's name how many of its settings affect the app. `what` names them in the tooltip. */
    markSetup(id: string, items: number, what: string): void {
      this.count(id, items, "warning");
      element(id, HTMLButtonElement).title = items > 0 ? `${what}: ${items}` : "";
    },
  };
}
