import { concatenate } from "./signature.ts";

/** This limit is our choice, not HubSpot's. */
export const maxBodyBytes = 64 * 1024;

/** The subset of Request and Response that readBody uses. Both the platform's types and undici's match it. */
export interface HttpMessage {
  headers: { get(name: string): string | null };
  body: { getReader(): Reader; cancel(): Promise<void> } | null;
}
interface Reader {
  read(): Promise<{ done: false; value: Uint8Array } | { done: true }>;
  cancel(): Promise<void>;
}

/** Returns the bytes, or the reason why the body could not be read. Stops reading at the limit. */
export async function readBody(
  message: HttpMessage,
  maxBytes = maxBodyBytes,
): Promise<Uint8Array | "too large" | "cut off"> {
  const announced = message.headers.get("content-length");
  if (Number(announced) > maxBytes) return "too large";
  // Servers limit a request's body to its Content-Length, and arrayBuffer() is faster than the stream. A response's body can
  // be longer than its Content-Length, because fetch decompresses it.
  if (announced !== null && message instanceof Request) return readWhole(message, maxBytes);
  const { body } = message;
  if (body === null) return new Uint8Array();
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      length += read.value.length;
      if (length > maxBytes) {
        await reader.cancel();
        return "too large";
      }
      chunks.push(read.value);
    }
  } catch {
    return "cut off";
  }
  return concatenate(chunks);
}

async function readWhole(message: Request, maxBytes: number): Promise<Uint8Array | "too large" | "cut off"> {
  try {
    const bytes = new Uint8Array(await message.arrayBuffer());
    return bytes.length > maxBytes ? "too large" : bytes;
  } catch {
    return "cut off";
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** @throws an Error if the bytes are not JSON in UTF-8. */
export function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(utf8.decode(bytes));
}

export const isJson = (contentType: string | null) => /^application\/json\s*(;|$)/i.test(contentType ?? "");

export function reply(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}

export const noContent = () => new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
