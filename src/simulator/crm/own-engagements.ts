// The engagements that this tab created or changed. Two tabs in different processes can overwrite each other's stored list,
// because localStorage has no transactions. This tab then restores its changes.
import { isLater } from "../../protocol/call-states.ts";
import type { Engagement } from "../calls/engagement.ts";

/** How many of each tab's writes the list contains, keyed by the tab's number. */
export type SeenWrites = Record<string, number>;

const tabKey = "engagements tab";
const tabCount = 100;

export function createOwnEngagements(storage: Pick<Storage, "getItem" | "setItem">) {
  const tab = readTab(storage);
  /** This tab's changes that another tab may overwrite, because the other tab has not read the changes yet. */
  const unseen = new Map<number, { engagement: Engagement; write: number }>();
  let seen: SeenWrites = {};
  let writes = 0;
  let lastId = 0;

  return {
    /** Call this before you write the list. Returns the write counts to store with the list. */
    write(changed: readonly Engagement[]): SeenWrites {
      writes = Math.max(writes, seen[tab] ?? 0) + 1;
      for (const engagement of changed) unseen.set(engagement.engagementId, { engagement, write: writes });
      seen = { ...seen, [tab]: writes };
      return seen;
    },
    /** Call this before you write a list without these engagements, so that they are not restored. */
    forget(engagementIds: Iterable<number>): void {
      for (const id of engagementIds) unseen.delete(id);
    },
    /** Adds this tab's changes that the list's writer had not seen. Returns the same list if there are no such changes. */
    restore(stored: readonly Engagement[], storedSeen: SeenWrites | undefined): readonly Engagement[] {
      seen = { ...storedSeen };
      const seenWrite = storedSeen?.[tab] ?? (storedSeen ? 0 : Number.POSITIVE_INFINITY);
      for (const [id, { write }] of unseen) if (write <= seenWrite) unseen.delete(id);
      if (unseen.size === 0) return stored;
      const missing = new Map([...unseen].map(([id, { engagement }]) => [id, engagement]));
      const list = stored.map((theirs) => {
        const own = missing.get(theirs.engagementId);
        missing.delete(theirs.engagementId);
        return !own || isLater(theirs.state, own.state) ? theirs : own;
      });
      return [...list, ...missing.values()].sort((a, b) => a.createdAt - b.createdAt);
    },
    /** Two tabs, or two calls in one millisecond, must not share an id, even after the list has been cleared. */
    nextId(list: readonly Engagement[]): number {
      const first = list.reduce(
        (id, { engagementId }) => Math.max(id, engagementId + 1),
        Math.max(Date.now(), lastId + 1),
      );
      lastId = first + ((tab - (first % tabCount) + tabCount) % tabCount);
      return lastId;
    },
  };
}

/** Returns this tab's number, from which the tab derives its engagement ids. */
function readTab(storage: Pick<Storage, "getItem" | "setItem">): number {
  const tab = (Number(storage.getItem(tabKey) ?? 0) + 1) % tabCount || 0;
  try {
    storage.setItem(tabKey, `${tab}`);
  } catch {
    return Math.floor(Math.random() * tabCount);
  }
  return tab;
}
