// The iframe that the app's pages load in. No protocol.

type Size = { width?: unknown; height?: unknown };

/**
 * Creates no element before the first `goTo`.
 * @param on `loading` is called when a page begins to load, also when the page has loaded another one by itself, and
 * `loaded` when a page has loaded
 */
export function createAppIframe(parent: HTMLElement, on: { loading(url: string): void; loaded(): void }) {
  let element = document.createElement("iframe");
  let origin = "";

  /** Creates a new element each time: an iframe that goes to its own URL, or only to another #, loads nothing. */
  function goTo(url: string): void {
    const { width, height } = element;
    origin = new URL(url).origin;
    element = createElement(url, width, height);
    let loads = 0;
    element.addEventListener("load", () => {
      loads += 1;
      if (loads > 1) on.loading(url);
      on.loaded();
    });
    on.loading(url);
    parent.replaceChildren(element);
  }

  return {
    goTo,
    reload: () => goTo(element.src),
    /** What is not a number of pixels is left as it is. */
    resize({ width, height }: Size): void {
      if (isPixels(width)) element.width = `${width}`;
      if (isPixels(height)) element.height = `${height}`;
    },
    post: (message: object) => element.contentWindow?.postMessage(message, origin),
    /** Whether the page that is in the iframe now sent it, from the origin that was loaded. */
    hasSent: (event: MessageEvent) =>
      event.source !== null && event.source === element.contentWindow && event.origin === origin,
    remove: () => element.remove(),
  };
}

function createElement(src: string, width: string, height: string): HTMLIFrameElement {
  const id = "hubspot-calling-extension-iframe";
  const allow = "microphone; autoplay";
  return Object.assign(document.createElement("iframe"), { id, title: "Calling app", allow, src, width, height });
}

function isPixels(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && Number.isFinite(value);
}
