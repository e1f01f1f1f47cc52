// Stores the engagements in a storage that all tabs share.
import * as v from "valibot";
import { type Engagement, engagements } from "../calls/engagement.ts";

const key = "engagements";
const maxEngagements = 200;

export function createStoredEngagements(storage: Pick<Storage, "getItem" | "setItem">) {
  let last: { text: string; list: readonly Engagement[] } = { text: "[]", list: [] };
  /** The complete list while the browser stores no list at all. */
  let unsaved: readonly Engagement[] | undefined;

  function store(list: readonly Engagement[], all = list): void {
    try {
      storage.setItem(key, JSON.stringify(list));
      unsaved = undefined;
    } catch {
      if (list.length > 1)
        store(list.slice(Math.ceil(list.length / 2)), all); // The storage is full, so this drops the older half.
      else unsaved = all;
    }
  }

  return {
    /** Returns the same array until the storage changes. */
    all(): readonly Engagement[] {
      if (unsaved) return unsaved;
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
