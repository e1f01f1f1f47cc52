// The simulator for one check: its page on a free port of 127.0.0.1, with nothing stored.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { listener } from "../server/fetch-adapter.ts";
import { lookAt } from "../server/local-https-fetch.ts";
import { openStore } from "../server/store.ts";
import { createPageApi } from "../simulator/api/internal-api.ts";

/**
 * Serves the built page of the simulator.
 * @param page its file
 */
export async function serveSimulator(page: string): Promise<{ origin: string; close(): void }> {
  const html = await readFile(page, "utf8");
  const pageApi = createPageApi({ store: openStore(), secret: "", look: lookAt });

  async function answer(request: Request): Promise<Response> {
    // 204 tells an EventSource to ask no more.
    if (new URL(request.url).pathname === "/events") return new Response(null, { status: 204 });
    return (await pageApi(request)) ?? new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
  }

  const server = createServer(listener(answer));
  await new Promise<void>((listening, failed) => server.on("error", failed).listen(0, "127.0.0.1", listening));
  const bound = server.address();
  const port = typeof bound === "object" ? bound?.port : undefined;
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
