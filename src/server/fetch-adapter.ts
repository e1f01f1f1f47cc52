// Serves web-standard handlers, (Request) => Promise<Response>, with Node's servers. @hono/node-server does the work.
import type { RequestListener } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";

/**
 * Creates a listener for Node's servers. It answers 404 where the handler returns undefined, 500 where it rejects (the
 * error is printed), and 400 where no Request can be made of the message. The URL of the Request has the host that the
 * client named. The rest of a body that the handler did not read is discarded, for half a second at most.
 */
export function createRequestListener(handler: (request: Request) => Promise<Response | undefined>): RequestListener {
  return getRequestListener(
    async (request, { incoming }) => {
      const response = await handler(request);
      // Without this, a body that was read in part blocks the next request of the connection.
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
