// Reads the body of a request or an answer that nobody vouches for.
import { concatenate } from "./signature.ts";

/** The bytes of the body, or in words why not; what is beyond the limit, in bytes, is left unread. */
export async function readBody(
  { headers, body }: Request | Response,
  limit: number,
): Promise<Uint8Array | "too large" | "cut off"> {
  if (body === null) return new Uint8Array();
  if (Number(headers.get("content-length")) > limit) return "too large";
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

/** What the bytes say as JSON in UTF-8. Throws if they are not that. */
export function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
}
