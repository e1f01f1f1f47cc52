import * as v from "valibot";
import { isJson, maxBodyBytes, parseJson, readBody } from "../../http/body.ts";
import { errorResponse, fieldErrorsResponse } from "./errors.ts";

const maxFieldErrors = 20;

/** Returns the parsed JSON, or an error response with status 400, 413 (over 64 kB) or 415. */
export async function readJson(request: Request): Promise<{ body: unknown } | Response> {
  if (!isJson(request.headers.get("content-type"))) {
    return errorResponse(415, "content-type: must be application/json");
  }
  const bytes = await readBody(request);
  if (bytes === "too large") return errorResponse(413, `body: must be at most ${maxBodyBytes} bytes`);
  if (bytes === "cut off") return errorResponse(400, "body: was cut off");
  try {
    return { body: parseJson(bytes) };
  } catch {
    return errorResponse(400, "body: must be JSON in UTF-8");
  }
}

/** Returns the schema's output, or an error response that lists at most 20 invalid fields. */
export function validate<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
): { output: v.InferOutput<S> } | Response {
  const { success, output, issues } = v.safeParse(schema, value, { abortPipeEarly: true });
  if (success) return { output };
  return fieldErrorsResponse(
    issues.slice(0, maxFieldErrors).map((issue) => ({ message: issue.message, in: v.getDotPath(issue) ?? "body" })),
  );
}
