// Starts servers on free ports for a test, and closes them after it.
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { test } from "@playwright/test";

const open: Server[] = [];

/** Starts a server. Returns its address without a trailing slash. */
export async function serve(listener: RequestListener, tls?: { key: string; cert: string }): Promise<string> {
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  const port = typeof bound === "object" ? bound?.port : "";
  return tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
}

test.afterEach(() => {
  for (const server of open.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});
