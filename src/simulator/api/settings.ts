// The endpoints for an app's settings, numbers webhook, and recording URL.
import * as v from "valibot";
import { noContent, reply } from "../../http/body.ts";
import { callingPath, versions } from "../../http/paths.ts";
import { anyObject, object } from "../../http/schema.ts";
import type { CallOptions } from "./calls.ts";
import { errorResponse } from "./errors.ts";
import { validate } from "./request-body.ts";
import { type Handler, type Resource, requireId, withBody } from "./routes.ts";
import { calling, channelConnection, int32, recording } from "./schemas.ts";
import { type App, app } from "./state.ts";

interface Part {
  rest: string;
  part: keyof App;
  schema: v.GenericSchema<unknown, object>;
  /** Whether HubSpot documents timestamps and DELETE for this endpoint. */
  isTimed: boolean;
}

const parts: Part[] = [
  { rest: "", part: "settings", schema: object(calling), isTimed: true },
  { rest: "/channel-connection", part: "channelConnection", schema: object(channelConnection), isTimed: true },
  { rest: "/recording", part: "recording", schema: object(recording), isTimed: false },
];

type StoredPart = { [field: string]: unknown; createdAt?: string };

type Options = Pick<CallOptions, "store" | "now">;

export const settingResources = (options: Options) => parts.map((part) => partResource(part, options));

function partResource({ rest, part, schema, isTimed }: Part, { store, now }: Options): Resource {
  const ofApp = (id: string) => store.get().apps[id] ?? {};
  const missing = (id: string) =>
    errorResponse(404, `Nothing is registered at this path for app ${id}; send a POST request first`);

  async function save(id: string, fields: object, createdAt: string): Promise<Response> {
    const stamps = isTimed ? { createdAt, updatedAt: new Date(now()).toISOString() } : {};
    const updated = v.parse(app, { ...ofApp(id), [part]: { ...fields, ...stamps } });
    await store.set({ ...store.get(), apps: { ...store.get().apps, [id]: updated } });
    return reply(200, updated[part]);
  }

  const GET: Handler = ({ id }) => {
    const current = ofApp(id)[part];
    return current ? reply(200, current) : missing(id);
  };
  const POST = withBody(schema, (fields, { id }) => {
    // Our choice: a POST request with the wrong app id must not overwrite another app's settings.
    if (ofApp(id)[part])
      return errorResponse(409, `App ${id} is already registered at this path; change the registration with PATCH`);
    return save(id, fields, new Date(now()).toISOString());
  });
  const PATCH: Handler = ({ id, body }) => {
    const current = ofApp(id)[part];
    if (!current) return missing(id);
    const { createdAt = "", updatedAt: _, ...fields }: StoredPart = current;
    const patch = validate(anyObject, body);
    if (patch instanceof Response) return patch;
    const result = validate(schema, { ...fields, ...patch.output });
    return result instanceof Response ? result : save(id, result.output, createdAt);
  };
  const DELETE: Handler = async ({ id }) => {
    const { [part]: current, ...rest } = ofApp(id);
    if (!current) return missing(id);
    const { [id]: _, ...others } = store.get().apps;
    await store.set({ ...store.get(), apps: Object.keys(rest).length > 0 ? { ...others, [id]: rest } : others });
    return noContent();
  };
  return {
    paths: versions.map((version) => `${callingPath(version)}/:id/settings${rest}`),
    guards: [requireId("appId", int32)],
    methods: isTimed ? { GET, POST, PATCH, DELETE } : { GET, POST, PATCH },
  };
}
