// fetch that trusts more of this machine than Node's: our authority, which signed the certificate of https://localhost,
// or any certificate at all where nothing but headers is looked at.
import type { IncomingMessage } from "node:http";
import { type RequestOptions, request } from "node:https";
import { rootCertificates, TLSSocket } from "node:tls";
import type { Fetch } from "../hubspot/api/desk.ts";
import type { Look } from "../hubspot/api/page-api.ts";
import { isLoopback } from "../protocol/loopback.ts";

/** For https URLs of this machine it trusts `ca` (PEM) beside the usual authorities; the rest goes to fetch itself. */
export function fetchTrusting(ca: string): Fetch {
  return (url, init) => {
    const { protocol, hostname } = new URL(url);
    return protocol === "https:" && isLoopback(hostname) ? send(ca, url, init) : fetch(url, init);
  };
}

/**
 * fetch for a look at what https serves on this machine: sends nothing, and takes any certificate. `untrusted` is why
 * Node does not trust it. The rest goes to fetch itself.
 */
export const lookAt: Look = async (url, init) => {
  const { protocol, hostname } = new URL(url);
  if (protocol !== "https:" || !isLoopback(hostname)) return { response: await fetch(url, init) };
  const message = await ask(url, { signal: init.signal, headers: { accept: "*/*" }, rejectUnauthorized: false });
  const response = toResponse(message);
  const code = message.socket instanceof TLSSocket && message.socket.authorizationError;
  // It is typed as an Error, and is the code of one.
  return code ? { response, untrusted: Object.assign(new Error(`${code}`), { code: `${code}` }) } : { response };
};

async function send(ca: string, url: string, { method, headers, body, signal }: Parameters<Fetch>[1]) {
  return toResponse(await ask(url, { method, headers, signal, ca: [...rootCertificates, ca] }, body));
}

function ask(url: string, options: RequestOptions, body?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, { ...options, agent: false })
      .on("error", reject)
      .on("response", resolve)
      // As after an answer of 101, which is neither an error nor a response.
      .on("close", () => reject(new Error("it closed the connection without an answer")))
      .end(body);
  });
}

function toResponse(message: IncomingMessage): Response {
  const chunks = message[Symbol.asyncIterator]();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void message.destroy(),
  });
  const { statusCode: status = 0, rawHeaders } = message;
  const headers = new Headers();
  try {
    for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
    const hasBody = ![204, 205, 304].includes(status);
    if (!hasBody) message.resume();
    return new Response(hasBody ? stream : null, { status, headers });
  } catch (error) {
    message.destroy();
    throw error;
  }
}
