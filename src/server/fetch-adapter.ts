// Node's requests and responses as web-standard ones: @hono/node-server's work, and how it is to be done here.
import type { RequestListener } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";

/**
 * A listener for Node's servers that answers with `answer`, and with 404 where that answers with nothing. The request's
 * URL has the host that the client named; its body is read as it is asked for, and what nobody asked for is read and
 * forgotten, for half a second at most. A rejection is printed and answered with 500, what is no Request with 400.
 */
export function listener(answer: (request: Request) => Promise<Response | undefined>): RequestListener {
  return getRequestListener(
    async (request, { incoming }) => {
      const answered = await answer(request);
      // A body that was read in part is kept waiting by these, and with it the next request of the connection.
      incoming.removeAllListeners("data");
      return answered ?? new Response(null, { status: 404 });
    },
    { overrideGlobalObjects: false, errorHandler: refuse },
  );
}

function refuse(error: unknown): Response {
  if (error instanceof RequestError) return new Response(null, { status: 400, headers: { connection: "close" } });
  console.error(error);
  return new Response(null, { status: 500 });
}
