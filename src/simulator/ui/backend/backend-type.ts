import type { PageResponse } from "../../session/connection-diagnosis.ts";

/** Answers the page's own requests. */
export interface Backend {
  /**
   * Sends a request to one of the simulator's endpoints under /simulator/ or /crm/.
   * @param path starts with a slash
   */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Calls the listener after each change to the registered apps or the calls. */
  onChange(listener: () => void): void;
  /** Requests a page, to read its headers. Returns undefined for a page that this backend cannot request. */
  fetchHeaders(url: string): Promise<PageResponse | undefined>;
  /** The URL of this project's calling app. */
  appUrl(address: URL): string;
  callingWindow: {
    /** Returns the calling window's path or query, to which the caller appends the settings as parameters. */
    address(portalId: number): string;
    /** Returns the portalId in the URL, or undefined if this page is not the calling window. */
    portalId(address: URL): string | undefined;
  };
  /** Tells the user how to register an app's webhook. */
  howToRegister: string;
}
