// Takes text out of the page: to the clipboard, or as a file.
import { make } from "./element.ts";

/** Copies what `text` gives whenever the button is clicked, and says on the button whether it could. */
export function copyOnClick(button: HTMLButtonElement, text: () => string): void {
  const label = button.textContent;
  button.onclick = async () => {
    const copied = await copy(text());
    button.textContent = copied ? "Copied" : "Blocked";
    setTimeout(() => {
      button.textContent = label;
    }, 1500); // long enough to be read
  };
}

/** A frame that was not given the clipboard by the page around it can still copy by the older command. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    document.oncopy = (event) => {
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
    };
    const copied = document.execCommand("copy");
    document.oncopy = null;
    return copied;
  }
}

/** Offers the text as a file of this name. */
export function download(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text]));
  make("a", { href, download: name }).click();
  URL.revokeObjectURL(href);
}
