import type { Backend } from "./backend-type.ts";
import { createServerBackend } from "./server-backend.ts";

/** Sends the page's own requests to the server, unless static-page.ts replaces this backend. */
export const backend: Backend = createServerBackend();

/** Call this before the page is created. */
export function replaceBackend(replacement: Backend): void {
  Object.assign(backend, replacement);
}
