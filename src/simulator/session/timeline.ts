// The engagements of the CRM, which dispatch their changes.

import type { Engagement } from "../calls/engagement.ts";
import { createEmitter, type Emitter } from "./emitter.ts";
import { createEngagements, type Engagements } from "./engagements.ts";

export type TimelineEvents = {
  /** After each change made in this tab; `engagement` is the one that changed, if it is only one. */
  changed: { engagement: Engagement | undefined };
  cleared: undefined;
};
export type Timeline = Engagements & Pick<Emitter<TimelineEvents>, "on">;

export function createTimeline(storage: Pick<Storage, "getItem" | "setItem">): Timeline {
  const { on, dispatch } = createEmitter<TimelineEvents>();
  const engagements = createEngagements(storage, (engagement) => dispatch("changed", { engagement }));
  return {
    ...engagements,
    on,
    clear() {
      engagements.clear();
      dispatch("cleared", undefined);
    },
  };
}
