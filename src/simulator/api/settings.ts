// What an app registers with HubSpot: its settings, its help desk webhook, its recordings' URL.
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
  /** Its path, behind the app's settings. */
  rest: string;
  part: keyof App;
  schema: v.GenericSchema<unknown, object>;
  /** Has times, and can be deleted: so it is documented. */
  isTimed: boolean;
}

const parts: Part[] = [
  { rest: "", part: "settings", schema: object(calling), isTimed: true },
  { rest: "/channel-connection", part: "channelConnection", schema: object(channelConnection), isTimed: true },
  { rest: "/recording", part: "recording", schema: object(recording), isTimed: false },
];

/** Whatever of an app is kept; recording has no times. */
type Kept = { [field: string]: unknown; createdAt?: string };

type Options = Pick<CallOptions, "store" | "now">;

export const settingResources = (options: Options) => parts.map((part) => setting(part, options));

/** What PATCH gives is merged, and the whole is checked again. */
function setting({ rest, part, schema, isTimed }: Part, { store, now }: Options): Resource {
  const ofApp = (id: string) => store.get().apps[id] ?? {};
  const missing = (id: string) => errorResponse(404, `Nothing is registered for app ${id} here: POST it first`);

  async function keep(id: string, fields: object, createdAt: string): Promise<Response> {
    const stamps = isTimed ? { createdAt, updatedAt: new Date(now()).toISOString() } : {};
    const kept = v.parse(app, { ...ofApp(id), [part]: { ...fields, ...stamps } });
    await store.set({ ...store.get(), apps: { ...store.get().apps, [id]: kept } });
    return reply(200, kept[part]);
  }

  const GET: Handler = ({ id }) => {
    const current = ofApp(id)[part];
    return current ? reply(200, current) : missing(id);
  };
  const POST = withBody(schema, (fields, { id }) => {
    // Not replaced, so that nobody loses settings to a create that was meant for another app. Chosen.
    if (ofApp(id)[part]) return errorResponse(409, `It is registered for app ${id} already: PATCH or DELETE it`);
    return keep(id, fields, new Date(now()).toISOString());
  });
  const PATCH: Handler = ({ id, body }) => {
    const current = ofApp(id)[part];
    if (!current) return missing(id);
    const { createdAt = "", updatedAt: _, ...fields }: Kept = current;
    const patch = validate(anyObject, body);
    if (patch instanceof Response) return patch;
    const checked = validate(schema, { ...fields, ...patch.output });
    return checked instanceof Response ? checked : keep(id, checked.output, createdAt);
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
