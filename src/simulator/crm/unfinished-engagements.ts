// The engagements of this tab's calls. They survive a reload of the tab, so that the app's next page can resume a call.
import { isUnderWay } from "../../protocol/call-states.ts";
import { engagementIdOf } from "../calls/call-ids.ts";
import type { Engagement } from "../calls/engagement.ts";

const key = "running engagements";

export type TabStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export class UnfinishedEngagements {
  readonly #storage: TabStorage;
  readonly #timeline: () => readonly Engagement[];
  readonly #isOfLoadedApp: (engagement: Engagement) => boolean;

  constructor(
    storage: TabStorage,
    timeline: () => readonly Engagement[],
    isOfLoadedApp: (engagement: Engagement) => boolean,
  ) {
    this.#storage = storage;
    this.#timeline = timeline;
    this.#isOfLoadedApp = isOfLoadedApp;
  }

  /**
   * Returns the engagements of this tab's calls that are not completed, if the loaded app has them. The last one in progress
   * belongs to the current call: the call that was answered last, or that navigateToRecord named.
   */
  all(): Engagement[] {
    const list = this.#timeline();
    // Outside a browser, the storage is undefined, but this list is empty, so nothing reads the storage.
    if (list.length === 0) return [];
    return this.#ids()
      .flatMap((id) => list.find(({ engagementId }) => engagementId === id) ?? [])
      .filter((engagement) => engagement.state !== "completed" && this.#isOfLoadedApp(engagement));
  }

  /** Returns the current call in progress. READY contains its id, so the app's next page can resume the call. */
  running(): Engagement | undefined {
    return this.all().findLast(({ state }) => isUnderWay(state));
  }

  has(engagementId: number): boolean {
    return this.#ids().includes(engagementId);
  }

  makeCurrent(engagementId: number): void {
    this.#store([...this.#ids().filter((id) => id !== engagementId), engagementId]);
  }

  /** Drops the engagements for which the function returns true, and those that `all` does not return. */
  dropIf(isDropped: (engagement: Engagement) => boolean): void {
    this.#store(this.all().flatMap((engagement) => (isDropped(engagement) ? [] : engagement.engagementId)));
  }

  drop(engagementIds: readonly (number | undefined)[]): void {
    this.#store(this.#ids().filter((id) => !engagementIds.includes(id)));
  }

  clear(): void {
    this.#storage.removeItem(key);
  }

  #ids(): number[] {
    return (this.#storage.getItem(key) ?? "").split(",").flatMap((id) => engagementIdOf(id) ?? []);
  }

  #store(ids: readonly number[]): void {
    const text = ids.join(",");
    if (text !== this.#storage.getItem(key)) this.#storage.setItem(key, text);
  }
}
