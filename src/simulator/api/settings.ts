// What an app registers with HubSpot: its settings, its help desk webhook, its recordings' URL.
import * as v from "valibot";
import { noContent, reply } from "../../http/body.ts";
import { callingPath, versions } from "../../http/paths.ts";
import type { CallOptions } from "./calls.ts";
import { check, isId, refuse } from "./errors.ts";
import { type Operation, type Resource, taking } from "./routes.ts";
import { anyObject, calling, channelConnection, int32, object, recording } from "./schemas.ts";
import { type App, app } from "./state.ts";

interface Part {
  /** Its path, behind the app's settings. */
  rest: string;
  part: keyof App;
  shape: v.GenericSchema<unknown, object>;
  /** Has times, and can be deleted: so it is documented. */
  isTimed: boolean;
}

const parts: Part[] = [
  { rest: "", part: "settings", shape: object(calling), isTimed: true },
  { rest: "/channel-connection", part: "channelConnection", shape: object(channelConnection), isTimed: true },
  { rest: "/recording", part: "recording", shape: object(recording), isTimed: false },
];

/** Whatever of an app is kept; recording has no times. */
type Kept = { [field: string]: unknown; createdAt?: string };

type Options = Pick<CallOptions, "store" | "now">;

export const settingResources = (options: Options) => parts.map((part) => setting(part, options));

/** What PATCH gives is merged, and the whole is checked again. */
function setting({ rest, part, shape, isTimed }: Part, { store, now }: Options): Resource {
  const ofApp = (id: string) => store.get().apps[id] ?? {};
  const missing = (id: string) => refuse(404, `Nothing is registered for app ${id} here: POST it first`);

  async function keep(id: string, fields: object, createdAt: string): Promise<Response> {
    const stamps = isTimed ? { createdAt, updatedAt: new Date(now()).toISOString() } : {};
    const kept = v.parse(app, { ...ofApp(id), [part]: { ...fields, ...stamps } });
    await store.set({ ...store.get(), apps: { ...store.get().apps, [id]: kept } });
    return reply(200, kept[part]);
  }

  const GET: Operation = ({ id }) => {
    const current = ofApp(id)[part];
    return current ? reply(200, current) : missing(id);
  };
  const POST = taking(shape, (fields, { id }) => {
    // Not replaced, so that nobody loses settings to a create that was meant for another app. Chosen.
    if (ofApp(id)[part]) return refuse(409, `It is registered for app ${id} already: PATCH or DELETE it`);
    return keep(id, fields, new Date(now()).toISOString());
  });
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
  return {
    paths: versions.map((version) => `${callingPath(version)}/:id/settings${rest}`),
    guards: [isId("appId", int32)],
    methods: isTimed ? { GET, POST, PATCH, DELETE } : { GET, POST, PATCH },
  };
}
