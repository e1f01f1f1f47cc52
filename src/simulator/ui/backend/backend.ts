import type { Backend } from "./backend-type.ts";
import { createServerBackend } from "./server-backend.ts";

/** Sends the page's requests to the server, unless use-static-backend.ts has replaced this backend. */
export const backend: Backend = createServerBackend();

/** Call this before the page is created. */
export function replaceBackend(replacement: Backend): void {
  Object.assign(backend, replacement);
}
