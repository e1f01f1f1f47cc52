import type { Backend } from "./backend-type.ts";
import { createServerBackend } from "./server-backend.ts";

/** What answers the page's own requests. It is the server, unless static-page.ts replaces it. */
export const backend: Backend = createServerBackend();

/** Call this before the page is created. */
export function replaceBackend(replacement: Backend): void {
  Object.assign(backend, replacement);
}
