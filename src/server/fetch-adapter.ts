// Runs web-standard handlers, (Request) => Promise<Response>, on Node's HTTP servers, with @hono/node-server.
import type { RequestListener } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";

/**
 * Creates a listener for Node's HTTP servers. It answers 404 if the handler returns undefined, 500 if the handler rejects
 * (and prints the error), and 400 if the message cannot be converted to a Request. The Request's URL contains the host
 * from the Host header. The listener discards any unread rest of a body, for at most half a second.
 */
export function createRequestListener(handler: (request: Request) => Promise<Response | undefined>): RequestListener {
  return getRequestListener(
    async (request, { incoming }) => {
      const response = await handler(request);
      // Otherwise, a partly read body would block the next request on the connection.
      incoming.removeAllListeners("data");
      return response ?? new Response(null, { status: 404 });
    },
    { overrideGlobalObjects: false, errorHandler: errorResponse },
  );
}

function errorResponse(error: unknown): Response {
  if (error instanceof RequestError) return new Response(null, { status: 400, headers: { connection: "close" } });
  console.error(error);
  return new Response(null, { status: 500 });
}
