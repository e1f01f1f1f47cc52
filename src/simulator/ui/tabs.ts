// The tabs of the page's work: which pane is shown, chosen by mouse, arrow keys, Home and End, and kept over a reload.
import { element, make } from "../../dom/element.ts";

export type Tone = "none" | "warning" | "error";
export type Tabs = ReturnType<typeof createTabs>;

const key = "tab";
const steps: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/**
 * Opens the tabs of the page's tab list, each on the pane that its aria-controls names; the first one at first.
 * @param storage keeps the choice for this tab of the browser
 */
export function createTabs(storage: Pick<Storage, "getItem" | "setItem">) {
  const list = element("tabs", HTMLElement);
  const tabs = [...list.querySelectorAll<HTMLButtonElement>("[role=tab]")];
  const paneOf = (tab: HTMLButtonElement) => element(tab.getAttribute("aria-controls") ?? "", HTMLElement);

  function show(id: string): void {
    const chosen = tabs.find((tab) => tab.id === id) ?? tabs[0];
    for (const tab of tabs) {
      tab.ariaSelected = `${tab === chosen}`;
      tab.tabIndex = tab === chosen ? 0 : -1;
      paneOf(tab).hidden = tab !== chosen;
    }
    if (chosen) storage.setItem(key, chosen.id);
  }

  for (const tab of tabs) {
    tab.append(" ", make("span", { className: "count" }));
    tab.onclick = () => show(tab.id);
  }
  list.onkeydown = (event) => {
    const step = steps[event.key];
    const at = tabs.findIndex((tab) => tab.id === document.activeElement?.id);
    const next = step && tabs[step(at, tabs.length)];
    if (!next) return;
    event.preventDefault();
    show(next.id);
    next.focus();
  };
  show(storage.getItem(key) ?? "");

  return {
    show,
    /** Writes beside a tab's name how many there are; nothing for none. */
    count(id: string, many: number, tone: Tone = "none"): void {
      const count = element(id, HTMLButtonElement).querySelector<HTMLElement>(".count");
      if (!count) return;
      count.textContent = many > 0 ? `${many}` : "";
      count.dataset.tone = tone;
    },
  };
}
