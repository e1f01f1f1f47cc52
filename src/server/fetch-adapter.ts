// Runs web-standard handlers, (Request) => Promise<Response>, on Node's HTTP servers, with @hono/node-server.
import type { RequestListener } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";

/**
 * Creates a listener for Node's HTTP servers. It answers 404 if the handler's promise resolves with undefined, 500 if the
 * promise rejects (and prints the error), and 400 if the HTTP message cannot be converted to a Request. The Request's URL
 * contains the host from the Host header. If the handler does not read the whole body, the listener discards the rest, for at
 * most half a second.
 */
export function createRequestListener(handler: (request: Request) => Promise<Response | undefined>): RequestListener {
  return getRequestListener(
    async (request, { incoming }) => {
      const response = await handler(request);
      // Otherwise, a body that was only partly read would block the next request on the connection.
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
