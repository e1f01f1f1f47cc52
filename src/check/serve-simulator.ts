// Serves the simulator for one check on a free port, and stores nothing on disk.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fetchHeaders } from "../node/local-https-fetch.ts";
import { createRequestListener } from "../server/fetch-adapter.ts";
import { framePolicy } from "../server/frame-policy.ts";
import { createStore } from "../server/store.ts";
import { createInternalApi } from "../simulator/api/internal-api.ts";
import { untrustedOrigin } from "./untrusted-sender.ts";

export async function serveSimulator(page: string): Promise<{ origin: string; close(): void }> {
  const html = await readFile(page, "utf8");
  const internalApi = createInternalApi({ store: createStore(), secret: "", fetchHeaders });

  async function answer(request: Request): Promise<Response> {
    // 204 stops an EventSource from reconnecting.
    if (new URL(request.url).pathname === "/events") return new Response(null, { status: 204 });
    const headers = { "content-type": "text/html; charset=utf-8", ...framePolicy(request.url, [untrustedOrigin]) };
    return (await internalApi(request)) ?? new Response(html, { headers });
  }

  const server = createServer(createRequestListener(answer));
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
