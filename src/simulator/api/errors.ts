// What the simulator's endpoints refuse, in the form of HubSpot's Error, and the reading of a request that may be refused.
import * as v from "valibot";
import { isJson, maxBody, parseJson, readBody, reply } from "../../http/body.ts";
import type { Guard } from "./routes.ts";

export interface Fault {
  message: string;
  /** The field or parameter. */
  in: string;
}

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
  return refuseFaults(
    issues.slice(0, maxFaults).map((issue) => ({ message: issue.message, in: v.getDotPath(issue) ?? "body" })),
  );
}

export function refuseFaults(errors: Fault[]): Response {
  return refuse(400, errors.map(({ message, in: field }) => `${field}: ${message}`).join("; "), { errors });
}

/** Refuses a path whose `:id` is not of that shape; `name` is what it is the id of. */
export function isId(name: string, shape: v.GenericSchema<number>): Guard {
  return (request) => {
    const { id = "" } = request.param();
    const { success, issues } = v.safeParse(shape, /^[1-9]\d*$/.test(id) ? Number(id) : Number.NaN);
    return success ? undefined : refuseFaults([{ message: issues[0].message, in: name }]);
  };
}

/**
 * Whether a browser sent this for another site's page, or a server by itself, as this one does. Old browsers send no
 * Sec-Fetch-Site, so that Origin has to be looked at too.
 */
export function isCrossSite({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  return site === null ? headers.has("origin") : site !== "same-origin" && site !== "none";
}
