// The pane that shows the selected message, beside or below the list or diagram.
import { element, make } from "../../../dom/element.ts";
import type { LogRecord } from "../../../dom/log.ts";
import type { Message } from "../../calls/message.ts";
import type { Finding } from "../../rules/finding.ts";
import { acceptsShortcuts } from "../common/shortcuts.ts";
import { type CallOfMessage, callText, createMessageDetails } from "./message-details.ts";

/**
 * @param senderOf returns undefined for a note
 * @param callOf returns undefined if the message belongs to no call
 * @param onChange is called after the pane shows another message or closes
 */
export function createMessagePane(
  findingsOf: (record: LogRecord) => readonly Finding[],
  senderOf: (record: LogRecord) => Message["from"] | undefined,
  callOf: (record: LogRecord) => CallOfMessage | undefined,
  onChange: () => void,
) {
  const panel = element("opened", HTMLElement);
  const title = make("h3");
  const closeButton = make("button", { type: "button" }, "Close");
  const details = make("div");
  panel.append(make("div", { className: "row" }, title, closeButton), details);
  let selected: LogRecord | undefined;
  let returnFocus = () => {};

  function render(): void {
    if (!selected) return;
    const [sender, findings, call] = [senderOf(selected), findingsOf(selected), callOf(selected)];
    details.replaceChildren(createMessageDetails(selected, sender, findings, call));
  }

  function close(): void {
    if (!selected) return;
    panel.hidden = true;
    selected = undefined;
    details.replaceChildren();
    onChange();
  }

  function closeAndReturnFocus(): void {
    close();
    returnFocus();
  }
  closeButton.onclick = closeAndReturnFocus;
  const tabPanel = element("messagesPane", HTMLElement);
  document.addEventListener("keydown", ({ key, target }) => {
    if (key !== "Escape" || !selected || tabPanel.hidden || !acceptsShortcuts(target)) return;
    if (target instanceof Node && tabPanel.contains(target)) closeAndReturnFocus();
    else close();
  });

  return {
    close,
    /** Closes the pane if the filter hides its message. */
    closeUnless(isListed: (record: LogRecord) => boolean): void {
      if (selected && !isListed(selected)) close();
    },
    selected: () => selected,
    /** @param onClose is called after the user closes the pane, and must move the focus */
    show(record: LogRecord, onClose: () => void): void {
      returnFocus = onClose;
      if (record === selected) return;
      selected = record;
      title.replaceChildren(record.type, " ", make("span", {}, record.sdkName ?? ""));
      render();
      panel.hidden = false;
      panel.scrollTop = 0;
      onChange();
    },
    focus: () => closeButton.focus(),
    /** Updates the name and number of the message's call. Keeps the focus, the scroll position and a text selection. */
    showCall(): void {
      const call = selected && callOf(selected);
      const line = details.querySelector(".callLine span");
      if (!call || !line) return;
      const text = make("span", {}, ...callText(call.names));
      if (line.textContent !== text.textContent) line.replaceChildren(...text.childNodes);
    },
    /** Call this after each new finding about the record's message. */
    update(record: LogRecord): void {
      if (record === selected) render();
    },
  };
}
