import type { Engagement } from "../calls/engagement.ts";
import { createEmitter, type Emitter } from "../common/emitter.ts";
import { createEngagements, type Engagements } from "./engagements.ts";

export type TimelineEvents = {
  /** Dispatched after each change in this tab. `engagement` is undefined after `take`, `markGhosts`, `remove` and `clear`. */
  changed: { engagement: Engagement | undefined };
  removed: { engagementIds: ReadonlySet<number> };
  cleared: undefined;
};
export type Timeline = Engagements & Pick<Emitter<TimelineEvents>, "on">;

export function createTimeline(storage: Pick<Storage, "getItem" | "setItem">): Timeline {
  const { on, dispatch } = createEmitter<TimelineEvents>();
  const engagements = createEngagements(storage, (engagement) => dispatch("changed", { engagement }));
  return {
    ...engagements,
    on,
    remove(engagementIds) {
      engagements.remove(engagementIds);
      dispatch("removed", { engagementIds });
    },
    clear() {
      engagements.clear();
      dispatch("cleared", undefined);
    },
  };
}
