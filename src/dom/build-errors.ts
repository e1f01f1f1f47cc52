// Shows build errors on top of the page during development.
import { make } from "./element.ts";

/** src/server/build-report.ts describes the fields. */
export type BuildError = { at: string; text: string; source: string };

/** Inside the overlay's shadow root, the page's CSS variables apply, but the other rules of the page's stylesheet do not. */
const style = `
dialog { box-sizing: border-box; width: 100%; max-width: 800px; max-height: calc(100% - 32px); margin: 16px auto; padding: 16px;
  overflow: auto; border: 1px solid var(--edge); border-top: 4px solid var(--bad); border-radius: 4px;
  color: var(--ink); background: var(--card); font: 12px / 1.4 system-ui, sans-serif; }
dialog::backdrop { background: rgb(0 0 0 / 50%); }
h2 { margin: 0; font-size: 16px; }
p, pre { margin: 8px 0 0; overflow-wrap: anywhere; }
pre { overflow: auto; font: 12px / 1.4 var(--mono); }
b { display: block; margin-top: 16px; font: 600 12px / 1.4 var(--mono); color: var(--bad); }
button { min-height: 28px; margin-top: 16px; padding: 2px 8px; border: 1px solid var(--edge); border-radius: 4px;
  font: inherit; color: inherit; background: none; cursor: pointer; }
`;

/** Returns a function that shows the errors, or hides the overlay if there are no errors. */
export function createBuildErrors(): (errors: readonly BuildError[]) => void {
  const overlay = make("div", { className: "buildErrors" });
  const shadow = overlay.attachShadow({ mode: "open" });
  // The page's Content-Security-Policy blocks style attributes, and style elements that scripts add.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  shadow.adoptedStyleSheets = [sheet];

  return (errors) => {
    overlay.remove();
    if (errors.length === 0) return;
    const dialog = createDialog(errors);
    shadow.replaceChildren(dialog);
    document.documentElement.append(overlay);
    // The modal dialog that opened last is in front of the rest of the page, including older dialogs.
    dialog.showModal();
  };
}

function createDialog(errors: readonly BuildError[]): HTMLDialogElement {
  const closeButton = make("button", {}, "Close");
  const dialog = make(
    "dialog",
    { role: "alertdialog", ariaLabel: "The build failed" },
    make("h2", {}, "The build failed"),
    make("p", {}, "Behind this dialog, the page still runs the last successful build."),
    ...errors.flatMap(({ at, text, source }) => [make("b", {}, at), make("p", {}, text), make("pre", {}, source)]),
    closeButton,
  );
  closeButton.onclick = () => dialog.close();
  return dialog;
}
