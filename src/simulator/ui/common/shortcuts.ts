// Keyboard shortcuts, and the dialog that lists them. Users of speech input can turn the shortcuts off.
import { element, make } from "../../../dom/element.ts";
import type { PageStorage } from "./page-storage.ts";

export type Shortcut = { key: string; action: string; run(): void };

const storageKey = "shortcuts";

/** @param storage stores whether the shortcuts are turned on */
export function createShortcuts(shortcuts: readonly Shortcut[], storage: PageStorage): void {
  const dialog = element("help", HTMLDialogElement);
  const isOn = element("shortcutsOn", HTMLInputElement);
  const openHelp = () => dialog.showModal();
  const all: readonly Shortcut[] = [...shortcuts, { key: "?", action: "Show this list", run: openHelp }];

  isOn.checked = storage.getItem(storageKey) !== "off";
  isOn.onchange = () => storage.setItem(storageKey, isOn.checked ? "on" : "off");
  element("helpButton", HTMLButtonElement).onclick = openHelp;
  element("closeHelp", HTMLButtonElement).onclick = () => dialog.close();
  const rows = all.map(({ key, action }) =>
    make("tr", {}, make("td", {}, make("kbd", {}, key)), make("td", {}, action)),
  );
  element("shortcuts", HTMLTableSectionElement).replaceChildren(...rows);

  document.addEventListener("keydown", (event) => {
    if (!isOn.checked || event.ctrlKey || event.metaKey || event.altKey || !acceptsShortcuts(event.target)) return;
    const shortcut = all.find(({ key }) => key === event.key);
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run();
  });
}

/** Whether a shortcut may use a key that was pressed in `target`: the target is not a field, and no dialog is open. */
export function acceptsShortcuts(target: EventTarget | null): boolean {
  const isField =
    target instanceof Element && target.closest("input:not([type=radio], [type=checkbox]), select, textarea");
  return !isField && !document.querySelector("dialog[open]");
}
