// Node's requests and responses as web-standard ones.
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

/**
 * A listener for Node's servers that answers with `answer`, and hands to `otherwise` what that answers with nothing.
 * The request's URL has the host that the client named. A rejection is printed and answered with 500.
 */
export function listener(
  answer: (request: Request) => Promise<Response | undefined>,
  otherwise: RequestListener = (_, response) => void response.writeHead(404).end(),
): RequestListener {
  return async (message, response) => {
    const request = toRequest(message);
    if (!request) return void response.writeHead(400, { connection: "close" }).end();
    try {
      const answered = await answer(request);
      if (answered) await send(answered, message, response);
      else otherwise(message, response);
    } catch (error) {
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  };
}

/** The request, unless it is one that the web's Request cannot be: of the method TRACE, or without a valid host. */
function toRequest(message: IncomingMessage): Request | undefined {
  const { method = "GET", url = "", headers, rawHeaders } = message;
  const scheme = "encrypted" in message.socket ? "https" : "http";
  const chunks = message.iterator({ destroyOnReturn: false });
  // Without a buffer of its own, so that nothing is read before somebody asks for it.
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
  try {
    const copied = new Headers();
    for (let at = 0; at < rawHeaders.length; at += 2) copied.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
    const hasBody = method !== "GET" && method !== "HEAD";
    return new Request(`${scheme}://${headers.host}${url}`, {
      method,
      headers: copied,
      // Node wants duplex for a body that is a stream; the web's types do not know it.
      ...(hasBody ? { body, duplex: "half" } : {}),
    });
  } catch {
    return undefined;
  }
}

async function send(answered: Response, message: IncomingMessage, response: ServerResponse): Promise<void> {
  response.statusCode = answered.status;
  for (const [name, value] of answered.headers) response.appendHeader(name, value);
  // What was left unread would otherwise be read to its end before the next request of this connection.
  if (!message.complete) response.setHeader("connection", "close");
  for await (const chunk of answered.body ?? []) response.write(chunk);
  response.end();
}
