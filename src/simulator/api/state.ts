// The state of the simulator's server: the settings of each app, and the calls. Browser code imports only the types.
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
  /** Properties that the API cleared, with their old values, so that an outdated copy in the page does not restore them. */
  cleared: v.exactOptional(texts),
  updatedAt: v.exactOptional(milliseconds),
  /** Which side wrote last. The page has to fetch the changes that were made through the API. */
  by: v.exactOptional(oneOf(["page", "api"])),
  /** Set by POST recordings/ready. */
  recordingReady: v.exactOptional(boolean),
});

const id = v.pipe(v.string(), v.regex(/^[1-9]\d*$/, "must be an id (digits only)"));
export const state = object({
  apps: v.record(id, app, "must be an object"),
  calls: v.record(id, call, "must be an object"),
});

/** Times are in ISO 8601. */
export type App = v.InferOutput<typeof app>;
/** A call on the timeline: an engagement. Times are in milliseconds since 1970. */
export type Call = v.InferOutput<typeof call>;
/** Apps by app id, calls by engagement id. */
export type State = v.InferOutput<typeof state>;

export interface Store {
  /** Returns the current state, which is immutable. */
  get: () => State;
  /** Replaces the state immediately, and resolves when it is written. Never rejects. */
  set: (next: State) => Promise<void>;
}

/** Our choice. If there are more calls, the oldest are removed. */
export const maxCalls = 1000;

/** Adds a call, or replaces the one with its engagement id. */
export function withCall({ apps, calls }: State, call: Call): State {
  const all: State["calls"] = { ...calls, [call.engagementId]: call };
  if (Object.keys(all).length <= maxCalls) return { apps, calls: all };
  const byAge = Object.entries(all).sort(([, a], [, b]) => b.createdAt - a.createdAt);
  return { apps, calls: Object.fromEntries(byAge.slice(0, maxCalls)) };
}

/** The state with only the calls that changed at or after `since` (milliseconds since 1970). */
export function changedSince({ apps, calls }: State, since: number): State {
  const changed = Object.entries(calls).filter(([, { createdAt, updatedAt = createdAt }]) => updatedAt >= since);
  return { apps, calls: Object.fromEntries(changed) };
}

/** `now` (milliseconds since 1970), or the next number that is not in use. */
export function newEngagementId({ calls }: State, now: number): number {
  let id = now;
  while (calls[id]) id++;
  return id;
}
