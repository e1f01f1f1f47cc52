// Says that the filter hides all messages, and offers to clear the filter.
import { element } from "../../../dom/element.ts";
import type { Log } from "../../../dom/log.ts";

/** Returns a function to call after the message list has been rendered. */
export function createFilteredOut(log: Log): () => void {
  const note = element("filteredOut", HTMLElement);
  const list = element("log", HTMLElement);
  const text = note.querySelector("span");
  const clear = note.querySelector("button");
  clear?.addEventListener("click", () => {
    log.filter.reset();
    log.view.reset();
    element("filter", HTMLInputElement).focus();
  });

  return () => {
    const count = log.store.size();
    note.hidden = count === 0 || list.childElementCount > 0;
    list.dataset.filtered = `${!note.hidden}`;
    if (text) text.textContent = `The filter hides ${count === 1 ? "1 message" : `${count} messages`}.`;
  };
}
