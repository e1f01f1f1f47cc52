// The simulator's endpoints as a table of paths and methods; hono finds the row. Web-standard APIs only.
import { Hono, type HonoRequest, type MiddlewareHandler } from "hono";
import type * as v from "valibot";
import { check, readJson, refuse } from "./errors.ts";

export interface Asked {
  /** What stands in the path for `:id`; "" where nothing does. */
  id: string;
  /** As it came; undefined for GET and DELETE. */
  body: unknown;
  query: URLSearchParams;
}
export type Operation = (asked: Asked) => Response | Promise<Response>;

/** A request on one of the paths, or on any. */
type Routed = HonoRequest<"/:id?">;

/** The refusal, if the request is refused. */
export type Guard = (request: Routed) => Response | undefined;

export interface Resource {
  /** They all lead here. */
  paths: string[];
  guards?: Guard[];
  methods: Partial<Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", Operation>>;
}

interface Endpoints {
  /** How their paths begin. */
  under: string;
  /** Asked before anything is told of a path; those of a resource follow when path and method are known. */
  guards: Guard[];
  resources: Resource[];
  /** Ends what is told of a path that there is not. */
  hint?: string;
}

/**
 * Answers what is under that path, and nothing (undefined) for any other path; 404 and 405 where the resources have
 * none. Rejects only if an operation does.
 */
export function openEndpoints({ under, guards, resources, hint = "" }: Endpoints) {
  const hono = new Hono();
  for (const guard of guards) hono.use(refusing(guard));
  for (const { paths, guards = [], methods } of resources) {
    for (const guard of [knows(Object.keys(methods)), ...guards]) hono.on("ALL", paths, refusing(guard));
    for (const [method, operation] of Object.entries(methods)) {
      hono.on(method, paths, ({ req }) => perform(operation, req));
    }
  }
  hono.notFound(({ req }) => refuse(404, `Nothing is at ${new URL(req.url).pathname} here${hint}`));
  hono.onError((error) => {
    throw error;
  });
  return async (request: Request): Promise<Response | undefined> =>
    new URL(request.url).pathname.startsWith(under) ? hono.fetch(request) : undefined;
}

/** What takes a body of that shape. */
export function taking<S extends v.GenericSchema>(
  shape: S,
  answer: (body: v.InferOutput<S>, asked: Asked) => Response | Promise<Response>,
): Operation {
  return (asked) => {
    const checked = check(shape, asked.body);
    return checked instanceof Response ? checked : answer(checked.output, asked);
  };
}

const refusing =
  (guard: Guard): MiddlewareHandler =>
  async ({ req }, next) =>
    guard(req) ?? next();

/** hono answers HEAD as GET; here it is a method like any other. */
function knows(methods: string[]): Guard {
  const allow = methods.join(", ");
  return ({ method }) =>
    methods.includes(method) ? undefined : refuse(405, `method: must be ${allow}`, { headers: { allow } });
}

async function perform(operation: Operation, request: Routed): Promise<Response> {
  const hasBody = request.method !== "GET" && request.method !== "DELETE";
  const read = hasBody ? await readJson(request.raw) : { body: undefined };
  if (read instanceof Response) return read;
  const { id = "" } = request.param();
  return operation({ id, body: read.body, query: new URL(request.url).searchParams });
}
