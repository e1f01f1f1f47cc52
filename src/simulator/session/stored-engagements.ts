// The list of engagements in a storage that all tabs share.
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
        store(list.slice(Math.ceil(list.length / 2)), all); // the storage is full: drop the older half
      else unsaved = all;
    }
  }

  return {
    /** Returns the same list until the stored text changes. */
    all(): readonly Engagement[] {
      if (unsaved) return unsaved;
      const text = storage.getItem(key) ?? "[]";
      if (text !== last.text) last = { text, list: parse(text) };
      return last.list;
    },
    /** Stores the last 200 of the list, or fewer if the storage is full. */
    replace: (list: readonly Engagement[]) => store(list.slice(-maxEngagements)),
  };
}

/** Returns an empty list if something else stored its text under our key. */
function parse(text: string): Engagement[] {
  const stored = v.safeParse(v.pipe(v.string(), v.parseJson(), engagements), text);
  return stored.success ? stored.output : [];
}
