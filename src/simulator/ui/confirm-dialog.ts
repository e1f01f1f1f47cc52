// Asks a person, in words, before something is done. A dialog of the page's own: a test can press its buttons too.
import { element } from "../../dom/element.ts";

let answer: ((yes: boolean) => void) | undefined;

/**
 * Asks on the page's #asking. An earlier question that is still open is answered no by that.
 * @param yes what the button says that goes on; the other one and Escape are no
 */
export function showConfirmDialog(words: string, yes: string): Promise<boolean> {
  const dialog = element("asking", HTMLDialogElement);
  const settle = (is: boolean) => () => {
    answer?.(is);
    answer = undefined;
    dialog.close();
  };
  answer?.(false);
  element("question", HTMLElement).textContent = words;
  const goOn = element("goOn", HTMLButtonElement);
  goOn.textContent = yes;
  goOn.onclick = settle(true);
  element("leaveIt", HTMLButtonElement).onclick = settle(false);
  dialog.oncancel = settle(false);
  if (!dialog.open) dialog.showModal();
  return new Promise((resolve) => {
    answer = resolve;
  });
}
