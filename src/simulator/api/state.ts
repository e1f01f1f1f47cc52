// The state of the simulator's server: the registered apps, and the calls.
import * as v from "valibot";
import { object } from "../../http/schema.ts";
import { engagementEntries, milliseconds, texts } from "../calls/engagement.ts";
import { boolean, calling, channelConnection, oneOf, recording } from "./schemas.ts";

const time = v.pipe(v.string("must be a string"), v.isoTimestamp("must be an ISO 8601 time"));
const stamps = { createdAt: time, updatedAt: time };
export const app = object({
  settings: v.exactOptional(object({ ...calling, ...stamps })),
  channelConnection: v.exactOptional(object({ ...channelConnection, ...stamps })),
  recording: v.exactOptional(object(recording)),
});

export const call = object({
  ...engagementEntries,
  /** The old values of properties that the API cleared. The page's outdated copy of the call must not restore these values. */
  cleared: v.exactOptional(texts),
  /** When the API last changed each property. The page's earlier changes must not replace the API's, even if they arrive later. */
  patchedAt: v.exactOptional(v.record(v.string(), milliseconds)),
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
/** The apps are keyed by app id, and the calls by engagement id. */
export type State = v.InferOutput<typeof state>;

/** A change could not be written to disk. The change remains in memory until the server stops. */
export class NotWrittenError extends Error {}

export interface Store {
  get: () => State;
  /**
   * Replaces the state immediately. Resolves after the store has tried to save the state. The server's store rejects with a
   * NotWrittenError if it cannot write its file.
   */
  set: (next: State) => Promise<void>;
}

/** Our choice. `withCall` removes older calls. */
export const maxCalls = 1000;

/** Returns the state with the call added, or with the call in place of the call that has the same engagementId. */
export function withCall({ apps, calls }: State, call: Call): State {
  const all: State["calls"] = { ...calls, [call.engagementId]: call };
  if (Object.keys(all).length <= maxCalls) return { apps, calls: all };
  const byAge = Object.entries(all).sort(([, a], [, b]) => b.createdAt - a.createdAt);
  return { apps, calls: Object.fromEntries(byAge.slice(0, maxCalls)) };
}

export function withoutCall({ apps, calls }: State, engagementId: string): State {
  return { apps, calls: Object.fromEntries(Object.entries(calls).filter(([id]) => id !== engagementId)) };
}

/** Returns all apps, and the calls that changed at or after `since`, a Unix time in milliseconds. */
export function changedSince({ apps, calls }: State, since: number): State {
  const changed = Object.entries(calls).filter(([, { createdAt, updatedAt = createdAt }]) => updatedAt >= since);
  return { apps, calls: Object.fromEntries(changed) };
}

/** Returns `now`, a Unix time in milliseconds, or the next number that is not yet a call's id. */
export function newEngagementId({ calls }: State, now: number): number {
  let id = now;
  while (calls[id]) id++;
  return id;
}
