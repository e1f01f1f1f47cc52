// Creates endpoints from a table of paths and methods. Does not use Node's APIs.
import { Hono, type HonoRequest, type MiddlewareHandler } from "hono";
import * as v from "valibot";
import { errorResponse, fieldErrorsResponse } from "./errors.ts";
import { readJson, validate } from "./request-body.ts";
import { NotWrittenError } from "./state.ts";

export interface RouteContext {
  /** The value of `:id` in the path, or "" if the path has no `:id`. */
  id: string;
  /** The parsed but unvalidated JSON. Undefined for GET and DELETE. */
  body: unknown;
  query: URLSearchParams;
}
export type Handler = (context: RouteContext) => Response | Promise<Response>;

type RoutedRequest = HonoRequest<"/:id?">;

/** Returns an error response to reject the request, or undefined to accept the request. */
export type Guard = (request: RoutedRequest) => Response | undefined;

export interface Resource {
  paths: string[];
  guards?: Guard[];
  methods: Partial<Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", Handler>>;
}

interface Endpoints {
  under: string;
  /** These guards run before a path is matched. A resource's guards run after the resource's path and method are matched. */
  guards: Guard[];
  resources: Resource[];
  /** The end of the message for an unknown path. */
  hint?: string;
}

/**
 * Returns a function that answers requests under a path prefix, and returns undefined for other paths. The function answers
 * with 404 for an unknown path, with 405 for a method that the path does not support, and with 500 for a NotWrittenError.
 * It rejects if a handler rejects with another error.
 */
export function createEndpoints({ under, guards, resources, hint = "" }: Endpoints) {
  const hono = new Hono();
  for (const guard of guards) hono.use(middleware(guard));
  for (const { paths, guards = [], methods } of resources) {
    for (const guard of [allowMethods(Object.keys(methods)), ...guards]) hono.on("ALL", paths, middleware(guard));
    for (const [method, handler] of Object.entries(methods)) {
      hono.on(method, paths, ({ req }) => handle(handler, req));
    }
  }
  hono.notFound(({ req }) => errorResponse(404, `The path ${new URL(req.url).pathname} does not exist${hint}`));
  hono.onError((error) => {
    throw error;
  });
  return async (request: Request): Promise<Response | undefined> =>
    new URL(request.url).pathname.startsWith(under) ? hono.fetch(request) : undefined;
}

export function withBody<S extends v.GenericSchema>(
  schema: S,
  handler: (body: v.InferOutput<S>, context: RouteContext) => Response | Promise<Response>,
): Handler {
  return (context) => {
    const result = validate(schema, context.body);
    return result instanceof Response ? result : handler(result.output, context);
  };
}

/** @param name the name of the id in the error response */
export function requireId(name: string, schema: v.GenericSchema<number>): Guard {
  return (request) => {
    const { id = "" } = request.param();
    const { success, issues } = v.safeParse(schema, /^[1-9]\d*$/.test(id) ? Number(id) : Number.NaN);
    return success ? undefined : fieldErrorsResponse([{ message: issues[0].message, in: name }]);
  };
}

const middleware =
  (guard: Guard): MiddlewareHandler =>
  async ({ req }, next) =>
    guard(req) ?? next();

/** Without this guard, Hono would answer a HEAD request as it answers a GET request. */
function allowMethods(methods: string[]): Guard {
  const allow = methods.join(", ");
  return ({ method }) =>
    methods.includes(method)
      ? undefined
      : errorResponse(405, `method: must be one of ${allow}`, { headers: { allow } });
}

async function handle(handler: Handler, request: RoutedRequest): Promise<Response> {
  const hasBody = request.method !== "GET" && request.method !== "DELETE";
  const result = hasBody ? await readJson(request.raw) : { body: undefined };
  if (result instanceof Response) return result;
  const { id = "" } = request.param();
  try {
    return await handler({ id, body: result.body, query: new URL(request.url).searchParams });
  } catch (error) {
    if (error instanceof NotWrittenError) return errorResponse(500, error.message);
    throw error;
  }
}
