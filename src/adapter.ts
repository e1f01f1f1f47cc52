// Node's requests as web-standard ones, so that what answers them runs on any server.
import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Answers a request of Node's server by a function of web-standard ones. A request that is none, as by its host or
 * method, gets 400.
 */
export async function answerBy(
  answer: (request: Request) => Promise<Response>,
  request: IncomingMessage,
  response: ServerResponse,
  protocol: "http" | "https",
): Promise<void> {
  const asked = toRequest(request, protocol);
  const given = asked ? await answer(asked) : new Response("Bad request\n", { status: 400 });
  // What was not read is let run out, so that the answer arrives; the connection is not used again.
  if (!request.complete) response.setHeader("connection", "close");
  response.writeHead(given.status, Object.fromEntries(given.headers));
  response.end(new Uint8Array(await given.arrayBuffer()));
  request.resume();
}

function toRequest(request: IncomingMessage, protocol: string): Request | undefined {
  const {
    method = "GET",
    url = "/",
    headers: { host = "localhost" },
  } = request;
  try {
    const headers = new Headers();
    for (let index = 0; index < request.rawHeaders.length; index += 2) {
      headers.append(request.rawHeaders[index] ?? "", request.rawHeaders[index + 1] ?? "");
    }
    const hasBody = method !== "GET" && method !== "HEAD";
    const body = hasBody ? { body: bodyOf(request), duplex: "half" } : {};
    return new Request(new URL(url, `${protocol}://${host}`), { method, headers, ...body });
  } catch {
    return undefined;
  }
}

/** Read as it is asked for. To give it up must not close the connection, on which the answer is still to go. */
function bodyOf(request: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = request.iterator({ destroyOnReturn: false });
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    cancel() {
      request.resume();
    },
  });
}
