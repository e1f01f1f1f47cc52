// Asks the user to confirm an action. Uses <dialog>, not window.confirm, so that tests can press the dialog's buttons.
import { element } from "../../../dom/element.ts";

let resolveAnswer: ((yes: boolean) => void) | undefined;

/** Resolves with false for Cancel and Escape. Cancels an earlier question that is still open. */
export function showConfirmDialog(question: string, confirmLabel: string): Promise<boolean> {
  const dialog = element("asking", HTMLDialogElement);
  const settle = (isConfirmed: boolean) => () => {
    resolveAnswer?.(isConfirmed);
    resolveAnswer = undefined;
    dialog.close();
  };
  resolveAnswer?.(false);
  element("question", HTMLElement).textContent = question;
  const confirm = element("goOn", HTMLButtonElement);
  confirm.textContent = confirmLabel;
  confirm.onclick = settle(true);
  element("leaveIt", HTMLButtonElement).onclick = settle(false);
  dialog.oncancel = settle(false);
  if (!dialog.open) dialog.showModal();
  return new Promise((resolve) => {
    resolveAnswer = resolve;
  });
}
