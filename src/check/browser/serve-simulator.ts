// Serves the simulator as `npm start` does, but on a free port and without storing anything on disk.
import { readHeaders } from "../../server/headers.ts";
import { openServer } from "../../server/server.ts";

export async function serveSimulator(pages: string): Promise<{ origin: string; close(): Promise<void> }> {
  const { simulator, close } = await openServer({
    paths: () => ({ pages }),
    headers: readHeaders(pages),
    environment: { HTTP_PORT: "0" },
    // All scenarios share this server, but each simulates a separate account, so they must not receive each other's events.
    sendsEvents: false,
  });
  return { origin: new URL(simulator).origin, close };
}
