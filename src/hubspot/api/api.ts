// HubSpot's settings endpoints, and its calls, under the paths of both versions. Web-standard APIs only.
// Methods and success statuses: HubSpot's OpenAPI description of calling extensions, 2026-03. It says nothing of
// refusals but their shape: every other status here is chosen.
import * as v from "valibot";
import { reply } from "../../protocol/body.ts";
import type { Received } from "../../protocol/messages.ts";
import { check, noContent, readJson, refuse } from "./answer.ts";
import {
  anyObject,
  calling,
  callUpdate,
  channelConnection,
  inboundCall,
  int32,
  int64,
  object,
  recording,
  recordingReady,
} from "./shapes.ts";
import { type App, app, type Call, newEngagementId, type Store, withCall } from "./state.ts";

export interface ApiOptions {
  store: Store;
  /** The records that have this E.164 number. */
  matchesOf: (number: string) => Received<"CALLER_ID_MATCH_SUCCEEDED">["callerIdMatches"];
  /** Milliseconds since 1970. */
  now?: () => number;
}

interface Asked {
  /** Of the app or the call that the path names; 0 where it names none. */
  id: number;
  /** As it came; undefined for GET and DELETE. */
  body: unknown;
  query: URLSearchParams;
}

type Method = "GET" | "POST" | "PATCH" | "DELETE";
type Operation = (asked: Asked) => Response | Promise<Response>;

interface Resource {
  path: RegExp;
  /** What the path's one group is. */
  id?: keyof typeof ids;
  methods: Partial<Record<Method, Operation>>;
}

/** Whatever of an app is kept; recording has no times. */
type Kept = { [field: string]: unknown; createdAt?: string };

const ids = { appId: int32, callId: int64 };

/**
 * Answers what is under /crm/, and nothing (undefined) for any other path. State is per app id and per call.
 * `Prefer: code=429` (any of 400 to 599) forces that answer. Rejects only if `matchesOf` throws.
 */
export function createApi({ store, matchesOf, now = Date.now }: ApiOptions) {
  const resources: Resource[] = [
    setting("", "settings", object(calling), { deleted: true, stamped: true }),
    setting("/channel-connection", "channelConnection", object(channelConnection), { deleted: true, stamped: true }),
    setting("/recording", "recording", object(recording), { deleted: false, stamped: false }),
    { path: under("/recordings/ready"), methods: { POST: taking(recordingReady, markRecording) } },
    { path: under("/inbound-call"), methods: { POST: taking(inboundCall, logCall) } },
    {
      path: /^\/crm\/(?:objects\/2026-03|v3\/objects)\/calls\/([^/]+)$/,
      id: "callId",
      methods: {
        GET: ({ id, query }) => withCallOf(id, (call) => reply(200, callObject(call, askedProperties(query)))),
        PATCH: taking(callUpdate, ({ properties }, { id }) => withCallOf(id, (call) => updateCall(call, properties))),
      },
    },
  ];

  /** One of the three that an app registers; what PATCH gives is merged, and the whole is checked again. */
  function setting(
    rest: string,
    part: keyof App,
    shape: v.GenericSchema<unknown, object>,
    { deleted, stamped }: { deleted: boolean; stamped: boolean },
  ): Resource {
    const ofApp = (id: number) => store.get().apps[id] ?? {};
    const missing = (id: number) => refuse(404, `Nothing is registered for app ${id} here: POST it first`);

    async function keep(id: number, fields: object, createdAt: string): Promise<Response> {
      const stamps = stamped ? { createdAt, updatedAt: new Date(now()).toISOString() } : {};
      const kept = v.parse(app, { ...ofApp(id), [part]: { ...fields, ...stamps } });
      await store.set({ ...store.get(), apps: { ...store.get().apps, [id]: kept } });
      return reply(200, kept[part]);
    }

    const GET: Operation = ({ id }) => {
      const current = ofApp(id)[part];
      return current ? reply(200, current) : missing(id);
    };
    const POST: Operation = ({ id, body }) => {
      const checked = check(shape, body);
      if (checked instanceof Response) return checked;
      // Not replaced, so that nobody loses settings to a create that was meant for another app. Chosen.
      if (ofApp(id)[part]) return refuse(409, `It is registered for app ${id} already: PATCH or DELETE it`);
      return keep(id, checked.output, new Date(now()).toISOString());
    };
    const PATCH: Operation = ({ id, body }) => {
      const current = ofApp(id)[part];
      if (!current) return missing(id);
      const { createdAt = "", updatedAt: _, ...fields }: Kept = current;
      const patch = check(anyObject, body);
      if (patch instanceof Response) return patch;
      const checked = check(shape, { ...fields, ...patch.output });
      return checked instanceof Response ? checked : keep(id, checked.output, createdAt);
    };
    const DELETE: Operation = async ({ id }) => {
      const { [part]: current, ...rest } = ofApp(id);
      if (!current) return missing(id);
      const { [id]: _, ...others } = store.get().apps;
      await store.set({ ...store.get(), apps: Object.keys(rest).length > 0 ? { ...others, [id]: rest } : others });
      return noContent();
    };
    const methods = deleted ? { GET, POST, PATCH, DELETE } : { GET, POST, PATCH };
    return { path: under(`/([^/]+)/settings${rest}`), id: "appId", methods };
  }

  function withCallOf(id: number, task: (call: Call) => Response | Promise<Response>): Response | Promise<Response> {
    const call = store.get().calls[id];
    return call ? task(call) : refuse(404, `No call has the engagement id ${id}`);
  }

  /** Merged; an empty value clears the property. */
  async function updateCall(call: Call, changes: Record<string, string>): Promise<Response> {
    const merged = Object.entries({ ...call.properties, ...changes }).filter(([, value]) => value !== "");
    const cleared = Object.entries(call.properties).filter(([name]) => changes[name] === "");
    const changed: Call = {
      ...call,
      properties: Object.fromEntries(merged),
      ...(cleared.length > 0 ? { cleared: { ...call.cleared, ...Object.fromEntries(cleared) } } : {}),
      updatedAt: now(),
      by: "api",
    };
    await store.set(withCall(store.get(), changed));
    return reply(200, callObject(changed, Object.keys(changes)));
  }

  function markRecording({ engagementId }: v.InferOutput<typeof recordingReady>): Response | Promise<Response> {
    return withCallOf(engagementId, async (call) => {
      await store.set(withCall(store.get(), { ...call, recordingReady: true, updatedAt: now(), by: "api" }));
      return noContent();
    });
  }

  async function logCall(call: v.InferOutput<typeof inboundCall>): Promise<Response> {
    const callerIdMatches = matchesOf(call.fromNumber.e164Number);
    if (call.createEngagement)
      await store.set(withCall(store.get(), callOf(call, newEngagementId(store.get(), now()), now())));
    return reply(200, { callerIdMatches });
  }

  return async (request: Request): Promise<Response | undefined> => {
    const { pathname, searchParams: query } = new URL(request.url);
    if (!pathname.startsWith("/crm/")) return undefined;
    const forced = /(?:^|[\s,;])code="?([45]\d\d)\b/.exec(request.headers.get("prefer") ?? "")?.[1];
    if (forced) return refuse(Number(forced), `Prefer asked for ${forced}`, { headers: retryAfter(forced) });

    for (const { path, id: name, methods } of resources) {
      const found = path.exec(pathname);
      if (!found) continue;
      const operation = new Map(Object.entries(methods)).get(request.method);
      if (!operation) {
        const allow = Object.keys(methods).join(", ");
        return refuse(405, `method: must be ${allow}`, { headers: { allow } });
      }
      if (!isAuthorized(request, query)) {
        return refuse(
          401,
          "Authentication is missing: send ?hapikey= or Authorization: Bearer; any value will do here",
        );
      }
      const id = name ? readId(name, found[1]) : 0;
      if (id instanceof Response) return id;
      const hasBody = request.method === "POST" || request.method === "PATCH";
      const read = hasBody ? await readJson(request) : { body: undefined };
      return read instanceof Response ? read : operation({ id, query, body: read.body });
    }
    return refuse(404, `Nothing is at ${pathname} here; the versions are v3 and 2026-03`);
  };
}

/** The rest of a path of calling extensions, in both versions. */
const under = (rest: string) => new RegExp(`^/crm/(?:v3/extensions/calling|extensions/calling/2026-03)${rest}$`);

/** What takes a body of that shape. */
function taking<S extends v.GenericSchema>(
  shape: S,
  answer: (body: v.InferOutput<S>, asked: Asked) => Response | Promise<Response>,
): Operation {
  return (asked) => {
    const checked = check(shape, asked.body);
    return checked instanceof Response ? checked : answer(checked.output, asked);
  };
}

/** The sources disagree on which of the two belongs where, so both are taken everywhere; any value will do. Chosen. */
function isAuthorized({ headers }: Request, query: URLSearchParams): boolean {
  return Boolean(query.get("hapikey")) || /^Bearer +\S/i.test(headers.get("authorization") ?? "");
}

/** Seconds. Chosen. */
const retryAfter = (status: string) => (status === "429" || status === "503" ? { "retry-after": "1" } : {});

function readId(name: keyof typeof ids, text = ""): number | Response {
  const { success, output, issues } = v.safeParse(ids[name], /^[1-9]\d*$/.test(text) ? Number(text) : Number.NaN);
  if (success) return output;
  const message = issues[0].message;
  return refuse(400, `${name}: ${message}`, { errors: [{ message, in: name }] });
}

const askedProperties = (query: URLSearchParams) =>
  query.getAll("properties").flatMap((names) => names.split(",").map((name) => name.trim()));

/** The call as the CRM's objects API gives it: with three properties of its own and those asked for, if it has them. */
function callObject(call: Call, names: string[]) {
  const createdAt = new Date(call.createdAt).toISOString();
  const updatedAt = new Date(call.updatedAt ?? call.createdAt).toISOString();
  const id = `${call.engagementId}`;
  const asked = Object.entries(call.properties).filter(([name]) => names.includes(name));
  const own = { hs_createdate: createdAt, hs_lastmodifieddate: updatedAt, hs_object_id: id };
  return { id, properties: { ...Object.fromEntries(asked), ...own }, createdAt, updatedAt, archived: false };
}

/** The engagement of a call that ended elsewhere. Which property takes which field is inferred from their names. */
function callOf(call: v.InferOutput<typeof inboundCall>, engagementId: number, createdAt: number): Call {
  const { callStartedTimestamp, durationSeconds } = call;
  const properties = {
    hs_timestamp: callStartedTimestamp ?? new Date(createdAt).toISOString(),
    hs_call_direction: "INBOUND",
    hs_call_external_id: call.externalCallId,
    hs_call_from_number: call.fromNumber.e164Number,
    hs_call_to_number: call.toNumber.e164Number,
    hs_call_status: call.finalCallStatus,
    ...(durationSeconds === undefined ? {} : { hs_call_duration: `${durationSeconds * 1000}` }),
    ...call.engagementProperties,
  };
  const { externalCallId } = call;
  return { engagementId, externalCallId, direction: "INBOUND", state: "completed", properties, createdAt, by: "api" };
}
