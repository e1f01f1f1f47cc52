// The state of the simulator's server: each app's settings, and the calls. Browser code imports only the types.
import * as v from "valibot";
import { object } from "../../http/schema.ts";
import { engagementEntries, milliseconds, texts } from "../calls/engagement.ts";
import { boolean, calling, channelConnection, oneOf, recording } from "./schemas.ts";

const time = v.pipe(v.string("must be text"), v.isoTimestamp("must be a time in ISO 8601"));
const stamps = { createdAt: time, updatedAt: time };
export const app = object({
  settings: v.exactOptional(object({ ...calling, ...stamps })),
  channelConnection: v.exactOptional(object({ ...channelConnection, ...stamps })),
  recording: v.exactOptional(object(recording)),
});

export const call = object({
  ...engagementEntries,
  /** The old values of properties that the API cleared. An outdated copy in the page must not restore them. */
  cleared: v.exactOptional(texts),
  updatedAt: v.exactOptional(milliseconds),
  /** The side that made the last change. The page must fetch the API's changes. */
  by: v.exactOptional(oneOf(["page", "api"])),
  recordingReady: v.exactOptional(boolean),
});

const id = v.pipe(v.string(), v.regex(/^[1-9]\d*$/, "must be an id (digits only)"));
export const state = object({
  apps: v.record(id, app, "must be an object"),
  calls: v.record(id, call, "must be an object"),
});

export type App = v.InferOutput<typeof app>;
/** Times are Unix times in milliseconds. */
export type Call = v.InferOutput<typeof call>;
/** Apps by app id, calls by engagement id. */
export type State = v.InferOutput<typeof state>;

/** A change could not be written to disk. It remains in memory until the server stops. */
export class NotWrittenError extends Error {}

export interface Store {
  get: () => State;
  /** Replaces the state immediately, and resolves when the state has been written. Rejects with a NotWrittenError. */
  set: (next: State) => Promise<void>;
}

/** Our choice. `withCall` removes the oldest calls. */
export const maxCalls = 1000;

/** Adds the call, or replaces the call with the same engagementId. */
export function withCall({ apps, calls }: State, call: Call): State {
  const all: State["calls"] = { ...calls, [call.engagementId]: call };
  if (Object.keys(all).length <= maxCalls) return { apps, calls: all };
  const byAge = Object.entries(all).sort(([, a], [, b]) => b.createdAt - a.createdAt);
  return { apps, calls: Object.fromEntries(byAge.slice(0, maxCalls)) };
}

/** @param since Unix time in milliseconds. Leaves out calls that have not changed since then */
export function changedSince({ apps, calls }: State, since: number): State {
  const changed = Object.entries(calls).filter(([, { createdAt, updatedAt = createdAt }]) => updatedAt >= since);
  return { apps, calls: Object.fromEntries(changed) };
}

/** Returns `now` (Unix time in milliseconds), or the next unused number. */
export function newEngagementId({ calls }: State, now: number): number {
  let id = now;
  while (calls[id]) id++;
  return id;
}
