// Reads the body of a request or an answer that nobody vouches for, and answers with JSON or nothing.
import { concatenate } from "./signature.ts";

/** Bytes that are read of a body. Chosen. */
export const maxBody = 64 * 1024;

/** As much of a request or an answer as is read: those of a package are typed apart from the web's. */
export interface HttpMessage {
  headers: { get(name: string): string | null };
  body: { getReader(): Reader; cancel(): Promise<void> } | null;
}
interface Reader {
  read(): Promise<{ done: false; value: Uint8Array } | { done: true }>;
  cancel(): Promise<void>;
}

/** The bytes of the body, or in words why not; what is beyond the limit is left unread. */
export async function readBody(message: HttpMessage, limit = maxBody): Promise<Uint8Array | "too large" | "cut off"> {
  const announced = message.headers.get("content-length");
  if (Number(announced) > limit) return "too large";
  // A server takes no more than a request announces, and most give it faster than a stream. An answer may be compressed.
  if (announced !== null && message instanceof Request) return readWhole(message, limit);
  const { body } = message;
  if (body === null) return new Uint8Array();
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      length += read.value.length;
      if (length > limit) {
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

async function readWhole(message: Request, limit: number): Promise<Uint8Array | "too large" | "cut off"> {
  try {
    const bytes = new Uint8Array(await message.arrayBuffer());
    return bytes.length > limit ? "too large" : bytes;
  } catch {
    return "cut off";
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** What the bytes say as JSON in UTF-8. Throws if they are not that. */
export function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(utf8.decode(bytes));
}

/** Whether a Content-Type is that of JSON. */
export const isJson = (type: string | null) => /^application\/json\s*(;|$)/i.test(type ?? "");

/** A JSON answer. */
export function reply(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}

export const noContent = () => new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
