// Loads the app in an iframe. Does not depend on the protocol.
import type { AppLoader, AppLoaderEvents, CreateAppLoader } from "./app-loader.ts";

type Size = { width?: unknown; height?: unknown };

export const createAppIframe =
  (parent: HTMLElement): CreateAppLoader =>
  (on) =>
    openIframe(parent, on);

function openIframe(parent: HTMLElement, on: AppLoaderEvents): AppLoader {
  let element = document.createElement("iframe");
  let origin = "";
  /** The origin of the iframe's next page, if that origin differs from the app's. */
  let nextOrigin: string | undefined;

  /** Creates a new iframe each time, because an iframe does not reload if only the URL's fragment changes. */
  function goTo(url: string): void {
    const { width, height } = element;
    origin = new URL(url).origin;
    element = createElement(url, width, height);
    let loads = 0;
    let firstOrigin: string | undefined;
    nextOrigin = undefined;
    element.addEventListener("load", () => {
      loads += 1;
      // If a page navigates in its own load handler, `movesTo` may be called before this listener runs.
      const moved = nextOrigin ?? (loads === 2 ? firstOrigin : undefined);
      if (loads === 1) firstOrigin = nextOrigin;
      nextOrigin = undefined;
      if (loads > 1 || moved) on.loading(url, moved ? { origin: moved } : {});
      on.loaded(moved !== undefined);
    });
    on.loading(url);
    parent.replaceChildren(element);
  }

  function receive(event: MessageEvent<unknown>): void {
    const isFromApp = event.source !== null && event.source === element.contentWindow && event.origin === origin;
    if (isFromApp) on.message(event.data);
  }
  window.addEventListener("message", receive);

  return {
    hostUrl: location.origin,
    goTo,
    reload: () => goTo(element.src),
    movesTo(next: string): void {
      if (next !== origin) nextOrigin = next;
    },
    resize({ width, height }: Size): void {
      if (isPixels(width)) element.width = `${width}`;
      if (isPixels(height)) element.height = `${height}`;
    },
    post: (message: object) => element.contentWindow?.postMessage(message, origin),
    remove(): void {
      window.removeEventListener("message", receive);
      element.remove();
    },
  };
}

function createElement(src: string, width: string, height: string): HTMLIFrameElement {
  const id = "hubspot-calling-extension-iframe";
  // This list of permissions comes from the main branch of HubSpot's SDK. Firefox needs speaker-selection for setSinkId;
  // Chromium does not know this name, and logs a warning.
  const allow = "microphone; autoplay; speaker-selection";
  return Object.assign(document.createElement("iframe"), { id, title: "Calling app", allow, src, width, height });
}

function isPixels(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && Number.isFinite(value);
}
