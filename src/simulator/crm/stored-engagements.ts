// Keeps the engagements in storage, which all tabs share.
import * as v from "valibot";
import { type Engagement, engagementSchema, engagements } from "../calls/engagement.ts";
import { createOwnEngagements, type SeenWrites } from "./own-engagements.ts";

const key = "engagements";
/** The server has the same limit. */
const maxEngagements = 1000;

const storedSchema = v.object({ engagements, seen: v.record(v.string(), v.number()) });

type Stored = { engagements: readonly Engagement[]; seen?: SeenWrites };
export type EngagementStorage = Pick<Storage, "getItem" | "setItem">;

export class StoredEngagements {
  readonly #storage: EngagementStorage;
  readonly #own: ReturnType<typeof createOwnEngagements>;
  #last: { text: string; list: readonly Engagement[] } = { text: "", list: [] };
  /** The complete list, kept in memory while the storage cannot store even one engagement. */
  #unsaved: readonly Engagement[] | undefined;
  /** The list with the changes of the current batch. `seen` is undefined until the first change. */
  #batch: { list: readonly Engagement[]; seen?: SeenWrites } | undefined;

  constructor(storage: EngagementStorage) {
    this.#storage = storage;
    this.#own = createOwnEngagements(storage);
  }

  /** Returns the same array until the list changes. */
  all(): readonly Engagement[] {
    if (this.#batch) return this.#batch.list;
    if (this.#unsaved) return this.#unsaved;
    const text = this.#text();
    if (text !== this.#last.text) this.#read(text);
    return this.#last.list;
  }

  /**
   * Calls `run`, and then stores its changes with one write, because each write contains the whole list. Until then, other tabs
   * do not see the changes, and this tab does not see theirs. Calls can be nested.
   */
  batch(run: () => void): void {
    if (this.#batch) {
      run();
      return;
    }
    this.#batch = { list: this.all() };
    try {
      run();
    } finally {
      const { list, seen } = this.#batch;
      this.#batch = undefined;
      if (seen) this.#store(list, seen);
    }
  }

  /** Adds the engagement, or replaces the one with the same id. */
  put(engagement: Engagement): void {
    const normalized = normalize(engagement);
    const list = this.all();
    const index = list.findIndex(({ engagementId }) => engagementId === engagement.engagementId);
    this.#change(index < 0 ? [...list, normalized] : list.with(index, normalized), [normalized]);
  }

  replace(list: readonly Engagement[]): void {
    const before = new Set(this.#batch?.list ?? this.#unsaved ?? this.#last.list);
    const changed: Engagement[] = [];
    const next = list.map((engagement) => {
      if (before.has(engagement)) return engagement;
      const normalized = normalize(engagement);
      changed.push(normalized);
      return normalized;
    });
    const kept = new Set(next.map(({ engagementId }) => engagementId));
    this.#own.forget([...before].flatMap(({ engagementId }) => (kept.has(engagementId) ? [] : engagementId)));
    this.#change(next, changed);
  }

  nextId(): number {
    return this.#own.nextId(this.all());
  }

  #text(): string {
    return this.#storage.getItem(key) ?? "";
  }

  #change(list: readonly Engagement[], changed: readonly Engagement[]): void {
    const seen = this.#own.write(changed);
    if (this.#batch) this.#batch = { list, seen };
    else this.#store(list, seen);
  }

  /** @param all the list before any engagement was dropped */
  #store(all: readonly Engagement[], seen: SeenWrites, list = all.slice(-maxEngagements)): void {
    try {
      const text = JSON.stringify({ engagements: list, seen });
      this.#storage.setItem(key, text);
      this.#last = { text, list };
      this.#unsaved = undefined;
    } catch {
      if (list.length > 1)
        this.#store(all, seen, list.slice(Math.ceil(list.length / 2))); // The storage is full, so this drops the older half.
      else this.#unsaved = all;
    }
  }

  #read(text: string): void {
    const stored = parse(text);
    const list = this.#own.restore(stored.engagements, stored.seen);
    this.#last = { text, list };
    if (list !== stored.engagements) this.#store(list, this.#own.write([]));
  }
}

/** Puts the fields in the same order as in a stored engagement. */
const normalize = (engagement: Engagement): Engagement => v.parse(engagementSchema, engagement);

/** Returns an empty list if the stored text is invalid. Earlier versions stored only the list. */
function parse(text: string): Stored {
  const stored = v.safeParse(v.pipe(v.string(), v.parseJson(), v.union([storedSchema, engagements])), text);
  if (!stored.success) return { engagements: [] };
  return "seen" in stored.output ? stored.output : { engagements: stored.output };
}
