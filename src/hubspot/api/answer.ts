// Answers in HubSpot's form, its Error among them, and the reading of what they answer.
import * as v from "valibot";
import { isJson, maxBody, parseJson, readBody, reply } from "../../protocol/body.ts";

export interface Fault {
  message: string;
  /** The field or parameter. */
  in: string;
}

export const noContent = () => new Response(null, { status: 204, headers: { "cache-control": "no-store" } });

/** Only VALIDATION_ERROR is in the description; the others are seen in HubSpot's answers, or chosen. */
const categories: Record<number, string> = {
  401: "INVALID_AUTHENTICATION",
  403: "MISSING_SCOPES",
  404: "OBJECT_NOT_FOUND",
  409: "CONFLICT",
  429: "RATE_LIMITS",
};

/** A refusal in the shape of `Error` in HubSpot's OpenAPI description; which status means what is chosen. */
export function refuse(
  status: number,
  message: string,
  { errors, headers }: { errors?: Fault[]; headers?: Record<string, string> } = {},
): Response {
  const category = categories[status] ?? (status < 500 ? "VALIDATION_ERROR" : "INTERNAL_ERROR");
  const correlationId = crypto.randomUUID();
  return reply(status, { status: "error", message, category, correlationId, ...(errors ? { errors } : {}) }, headers);
}

/** What the body says as JSON, or the refusal: 415, 413 over 64 kB, 400. */
export async function readJson(request: Request): Promise<{ body: unknown } | Response> {
  if (!isJson(request.headers.get("content-type"))) {
    return refuse(415, "content-type: must be application/json");
  }
  const bytes = await readBody(request);
  if (bytes === "too large") return refuse(413, `body: must be at most ${maxBody} bytes`);
  if (bytes === "cut off") return refuse(400, "body: was cut off");
  try {
    return { body: parseJson(bytes) };
  } catch {
    return refuse(400, "body: must be JSON in UTF-8");
  }
}

/** Faults that one refusal names. */
const maxFaults = 20;

/** The value as the schema has it, or the refusal, which names each fault's field. */
export function check<S extends v.GenericSchema>(schema: S, value: unknown): { output: v.InferOutput<S> } | Response {
  const { success, output, issues } = v.safeParse(schema, value, { abortPipeEarly: true });
  if (success) return { output };
  const errors = issues
    .slice(0, maxFaults)
    .map((issue) => ({ message: issue.message, in: v.getDotPath(issue) ?? "body" }));
  return refuse(400, errors.map(({ message, in: field }) => `${field}: ${message}`).join("; "), { errors });
}
