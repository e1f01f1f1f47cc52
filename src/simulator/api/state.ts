// What the simulator remembers in HubSpot's place: each app's settings, and the calls. The page takes the types alone.
import * as v from "valibot";
import { engagementEntries, milliseconds, texts } from "../calls/engagement.ts";
import { boolean, calling, channelConnection, object, oneOf, recording } from "./schemas.ts";

const time = v.pipe(v.string("must be text"), v.isoTimestamp("must be a time in ISO 8601"));
const stamps = { createdAt: time, updatedAt: time };
export const app = object({
  settings: v.exactOptional(object({ ...calling, ...stamps })),
  channelConnection: v.exactOptional(object({ ...channelConnection, ...stamps })),
  recording: v.exactOptional(object(recording)),
});

export const call = object({
  ...engagementEntries,
  /** What the settings endpoints cleared, with the value that it had: the page's older copy does not bring it back. */
  cleared: v.exactOptional(texts),
  updatedAt: v.exactOptional(milliseconds),
  /** Who changed it last: what the settings endpoints change, the page does not know of yet. */
  by: v.exactOptional(oneOf(["page", "api"])),
  /** Set by POST recordings/ready. */
  recordingReady: v.exactOptional(boolean),
});

const id = v.pipe(v.string(), v.regex(/^[1-9]\d*$/, "must be an id in digits"));
export const state = object({
  apps: v.record(id, app, "must be an object"),
  calls: v.record(id, call, "must be an object"),
});

/** What is registered for one app; times are ISO 8601. */
export type App = v.InferOutput<typeof app>;
/** A call on the timeline, as the CRM keeps it: the simulator's engagement. Times are milliseconds since 1970. */
export type Call = v.InferOutput<typeof call>;
/** Apps by app id, calls by engagement id. */
export type State = v.InferOutput<typeof state>;

/** Where the state is kept. */
export interface Store {
  /** The state as it is now; never changed in place. */
  get: () => State;
  /** Puts another in its place at once; resolves when it is written. Never rejects. */
  set: (next: State) => Promise<void>;
}

/** Calls that are kept; of more, the oldest are forgotten. Chosen. */
export const maxCalls = 1000;

/** The state with this call in it, in place of the one that had its engagement id. */
export function withCall({ apps, calls }: State, call: Call): State {
  const all: State["calls"] = { ...calls, [call.engagementId]: call };
  if (Object.keys(all).length <= maxCalls) return { apps, calls: all };
  const byAge = Object.entries(all).sort(([, one], [, other]) => other.createdAt - one.createdAt);
  return { apps, calls: Object.fromEntries(byAge.slice(0, maxCalls)) };
}

/** The state with those calls alone that changed at `since` (milliseconds since 1970) or later. */
export function changedSince({ apps, calls }: State, since: number): State {
  const changed = Object.entries(calls).filter(([, { createdAt, updatedAt = createdAt }]) => updatedAt >= since);
  return { apps, calls: Object.fromEntries(changed) };
}

/** An engagement id for a call that is new at `now` (milliseconds since 1970): the time, or what is free after it. */
export function newEngagementId({ calls }: State, now: number): number {
  let id = now;
  while (calls[id]) id++;
  return id;
}
