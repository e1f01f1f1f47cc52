// The iframe that loads the app. It does not depend on the protocol.

/** The page navigated by itself. `origin` is the origin of the next page, if it differs from the app's and is known. */
export type Moved = { origin?: string };

type Size = { width?: unknown; height?: unknown };

/**
 * @param on `loading` is called when a page starts to load, or when it has navigated to another page; `loaded` is called
 * with whether the page is from another origin, if that is known
 */
export function createAppIframe(
  parent: HTMLElement,
  on: { loading(url: string, moved?: Moved): void; loaded(hasMoved: boolean): void },
) {
  let element = document.createElement("iframe");
  let origin = "";
  /** Where the next page in the frame comes from, if it is another origin. */
  let nextOrigin: string | undefined;

  /** Creates a new element each time, because an iframe does not reload if only the URL's fragment changes. */
  function goTo(url: string): void {
    const { width, height } = element;
    origin = new URL(url).origin;
    element = createElement(url, width, height);
    let loads = 0;
    nextOrigin = undefined;
    element.addEventListener("load", () => {
      loads += 1;
      const moved = nextOrigin;
      nextOrigin = undefined;
      if (loads > 1 || moved) on.loading(url, moved ? { origin: moved } : {});
      on.loaded(moved !== undefined);
    });
    on.loading(url);
    parent.replaceChildren(element);
  }

  return {
    goTo,
    reload: () => goTo(element.src),
    /** The page in the frame started to navigate to another origin. */
    movesTo(next: string): void {
      if (next !== origin) nextOrigin = next;
    },
    resize({ width, height }: Size): void {
      if (isPixels(width)) element.width = `${width}`;
      if (isPixels(height)) element.height = `${height}`;
    },
    post: (message: object) => element.contentWindow?.postMessage(message, origin),
    hasSent: (event: MessageEvent) =>
      event.source !== null && event.source === element.contentWindow && event.origin === origin,
    remove: () => element.remove(),
  };
}

function createElement(src: string, width: string, height: string): HTMLIFrameElement {
  const id = "hubspot-calling-extension-iframe";
  // HubSpot's list. Firefox needs speaker-selection for setSinkId; Chromium warns that it does not know it.
  const allow = "microphone; autoplay; speaker-selection";
  return Object.assign(document.createElement("iframe"), { id, title: "Calling app", allow, src, width, height });
}

function isPixels(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && Number.isFinite(value);
}
