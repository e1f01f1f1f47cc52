// Stores the engagements in a storage that all tabs share.
import * as v from "valibot";
import { type Engagement, engagements } from "../calls/engagement.ts";

const key = "engagements";
const maxEngagements = 200;

export function createStoredEngagements(storage: Pick<Storage, "getItem" | "setItem">) {
  let last: { text: string; list: readonly Engagement[] } = { text: "[]", list: [] };

  function store(list: readonly Engagement[]): void {
    try {
      storage.setItem(key, JSON.stringify(list));
    } catch (error) {
      if (list.length === 0) throw error;
      store(list.slice(Math.ceil(list.length / 2))); // The storage is full, so this drops the older half.
    }
  }

  return {
    /** Returns the same array until the storage changes. */
    all(): readonly Engagement[] {
      const text = storage.getItem(key) ?? "[]";
      if (text !== last.text) last = { text, list: parse(text) };
      return last.list;
    },
    replace: (list: readonly Engagement[]) => store(list.slice(-maxEngagements)),
  };
}

/** Returns an empty list if the stored text is not ours. */
function parse(text: string): Engagement[] {
  const stored = v.safeParse(v.pipe(v.string(), v.parseJson(), engagements), text);
  return stored.success ? stored.output : [];
}
