import type { PageResponse } from "../../session/connection-diagnosis.ts";

/** Handles the requests of the simulator's page. */
export interface Backend {
  /**
   * Calls one of the simulator's endpoints under /simulator/ or /crm/.
   * @param path starts with a slash
   */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Calls the listener after each change to the registered apps or the calls. */
  onChange(listener: () => void): void;
  /** Requests a page and reads the response's headers. Resolves with undefined if this backend cannot request the page. */
  fetchHeaders(url: string): Promise<PageResponse | undefined>;
  /** Returns the URL of this project's calling app, based on the URL of the simulator's page. */
  appUrl(address: URL): string;
  callingWindow: {
    /** Returns the calling window's path or query, to which the caller appends the settings as parameters. */
    address(portalId: number): string;
    /** Returns the portalId in the calling window's URL, or undefined for the URL of another page. */
    portalId(address: URL): string | undefined;
  };
  /**
   * Tells the user how to register an app's webhook: each step has a text, and may have code to copy. Rejects if the server
   * does not answer.
   */
  howToRegister(): Promise<readonly { text: string; code?: string }[]>;
}
