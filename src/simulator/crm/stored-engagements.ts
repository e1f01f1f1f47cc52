// Keeps the engagements in storage, which all tabs share.
import * as v from "valibot";
import { type Engagement, engagementSchema, engagements } from "../calls/engagement.ts";
import { createOwnEngagements, type SeenWrites } from "./own-engagements.ts";

const key = "engagements";
/** The server has the same limit. */
const maxEngagements = 1000;

const storedSchema = v.object({ engagements, seen: v.record(v.string(), v.number()) });

type Stored = { engagements: readonly Engagement[]; seen?: SeenWrites };

export function createStoredEngagements(storage: Pick<Storage, "getItem" | "setItem">) {
  const own = createOwnEngagements(storage);
  let last: { text: string; list: readonly Engagement[] } = { text: "", list: [] };
  /** The complete list, kept in memory while the storage cannot store even one engagement. */
  let unsaved: readonly Engagement[] | undefined;

  /** @param all the list before any engagement was dropped */
  function store(all: readonly Engagement[], seen: SeenWrites, list = all.slice(-maxEngagements)): void {
    try {
      const text = JSON.stringify({ engagements: list, seen });
      storage.setItem(key, text);
      last = { text, list };
      unsaved = undefined;
    } catch {
      if (list.length > 1)
        store(all, seen, list.slice(Math.ceil(list.length / 2))); // The storage is full, so this drops the older half.
      else unsaved = all;
    }
  }

  function read(text: string): void {
    const stored = parse(text);
    const list = own.restore(stored.engagements, stored.seen);
    last = { text, list };
    if (list !== stored.engagements) store(list, own.write([]));
  }

  return {
    /** Returns the same array until the storage changes. */
    all(): readonly Engagement[] {
      if (unsaved) return unsaved;
      const text = storage.getItem(key) ?? "";
      if (text !== last.text) read(text);
      return last.list;
    },
    replace(list: readonly Engagement[]): void {
      const before = new Set(unsaved ?? last.list);
      const changed: Engagement[] = [];
      const next = list.map((engagement) => {
        if (before.has(engagement)) return engagement;
        const normalized = v.parse(engagementSchema, engagement); // puts the fields in the same order as in a stored engagement
        changed.push(normalized);
        return normalized;
      });
      const kept = new Set(next.map(({ engagementId }) => engagementId));
      own.forget([...before].flatMap(({ engagementId }) => (kept.has(engagementId) ? [] : engagementId)));
      store(next, own.write(changed));
    },
    nextId: own.nextId,
  };
}

/** Returns an empty list if the stored text is invalid. Earlier versions stored only the list. */
function parse(text: string): Stored {
  const stored = v.safeParse(v.pipe(v.string(), v.parseJson(), v.union([storedSchema, engagements])), text);
  if (!stored.success) return { engagements: [] };
  return "seen" in stored.output ? stored.output : { engagements: stored.output };
}
