import { make } from "./element.ts";

/** Copies the text on each click. The button then briefly shows whether copying succeeded. */
export function copyOnClick(button: HTMLButtonElement, text: () => string): void {
  const label = button.textContent;
  button.onclick = async () => {
    const copied = await copy(text());
    button.textContent = copied ? "Copied" : "Blocked";
    setTimeout(() => {
      button.textContent = label;
    }, 1500);
  };
}

/** Falls back to execCommand, because HubSpot's iframe does not permit the clipboard API. */
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

export function download(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text]));
  make("a", { href, download: name }).click();
  URL.revokeObjectURL(href);
}
