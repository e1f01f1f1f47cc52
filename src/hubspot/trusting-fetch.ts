// fetch that also trusts one authority on this machine: ours, which signed the certificate of https://localhost.
import { request } from "node:https";
import { rootCertificates } from "node:tls";
import { isLoopback } from "../loopback.ts";
import type { Fetch } from "./desk.ts";

/** For https URLs of this machine it trusts `ca` (PEM) beside the usual authorities; the rest goes to fetch itself. */
export function fetchTrusting(ca: string): Fetch {
  return (url, init) => {
    const { protocol, hostname } = new URL(url);
    return protocol === "https:" && isLoopback(hostname) ? send(ca, url, init) : fetch(url, init);
  };
}

function send(ca: string, url: string, { method, headers, body, signal }: Parameters<Fetch>[1]): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, signal, ca: [...rootCertificates, ca], agent: false });
    sent.on("error", reject);
    // As after an answer of 101, which is neither an error nor a response.
    sent.on("close", () => reject(new Error("it closed the connection without an answer")));
    sent.on("response", (message) => {
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
        for (let at = 0; at < rawHeaders.length; at += 2)
          headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
        const hasBody = ![204, 205, 304].includes(status);
        if (!hasBody) message.resume();
        resolve(new Response(hasBody ? stream : null, { status, headers }));
      } catch (error) {
        message.destroy();
        reject(error);
      }
    });
    sent.end(body);
  });
}
