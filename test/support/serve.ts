// Starts servers on free ports on this machine, and closes them after each test.
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { test } from "@playwright/test";

const servers: Server[] = [];

/** Starts a server and returns its URL, without a trailing slash. */
export async function serve(listener: RequestListener, tls?: { key: string; cert: string }): Promise<string> {
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : "";
  return tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
}

test.afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});
