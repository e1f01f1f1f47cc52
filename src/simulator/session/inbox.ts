// The messages that the app has posted, and that the session has not handled yet. The page can render between the messages of
// a burst.

const frameMs = 16;
/** The inbox handles this many messages per frame immediately. While this many start to wait per frame, a burst is arriving. */
const maxPerFrame = 10;
/** The inbox waits at most this long for the end of a burst. */
const maxPauseMs = 1000;
/** A slice may take half of the time since the page scheduled it, within these limits. The other half is for rendering. */
const sliceMs = 8;
const maxSliceMs = 20;
/** When the waiting messages exceed one of these limits, the oldest are handled immediately. */
const limits = { maxCount: 10_000, maxCharacters: 64_000_000 };

/** What the inbox needs from the page. */
export type Rendering = {
  /** A page that is not visible needs no time for rendering. */
  isVisible(): boolean;
  /** In milliseconds. */
  now(): number;
  /** Calls `run` after the next frame that is on time, or after a quarter of a second. Returns a function that cancels the call. */
  afterNextFrame(run: () => void): () => void;
};

type Options = { rendering?: Rendering; batch?: (run: () => void) => void };

/**
 * Handles items in the order in which they were added, and immediately unless they arrive in a burst on a visible page. In a
 * burst, only the first items are handled immediately. The others wait until the burst ends or a second has passed. Then
 * the inbox handles them in slices between frames.
 */
export class Inbox<Item> {
  readonly #handle: (item: Item, size: number) => void;
  readonly #rendering: Rendering;
  readonly #batch: (run: () => void) => void;
  readonly #waiting: { item: Item; size: number }[] = [];
  #characters = 0;
  /** The item from the queue that is being handled. */
  #current: { item: Item } | undefined;
  /** The items of the current frame that did not have to wait, and the time spent on them. */
  #direct = { startedAtMs: 0, usedMs: 0, count: 0 };
  #waitingSinceMs = 0;
  /** The number of items that have started to wait since the last slice was scheduled. */
  #arrived = 0;
  #scheduledAtMs = 0;
  #cancelSlice: (() => void) | undefined;

  /** @param options.batch calls `run`, which handles one or more items. Calls can be nested */
  constructor(
    handle: (item: Item, size: number) => void,
    { rendering = browserRendering, batch = (run) => run() }: Options = {},
  ) {
    this.#handle = handle;
    this.#rendering = rendering;
    this.#batch = batch;
  }

  /** @param size the number of characters that the item needs while it waits */
  add(item: Item, size: number): void {
    if (this.#waiting.length === 0 && this.#hasTime()) {
      const startedAtMs = this.#rendering.now();
      this.#batch(() => this.#handle(item, size));
      this.#direct.usedMs += this.#rendering.now() - startedAtMs;
      this.#direct.count += 1;
      return;
    }
    const finiteSize = Math.min(size, limits.maxCharacters + 1);
    if (this.#waiting.length === 0) this.#waitingSinceMs = this.#rendering.now();
    this.#waiting.push({ item, size: finiteSize });
    this.#arrived += 1;
    this.#characters += finiteSize;
    while (this.#waiting.length > limits.maxCount || this.#characters > limits.maxCharacters) this.#handleOldest();
    this.#scheduleSlice();
  }

  /** Handles all waiting items. Has no effect while a waiting item is being handled. */
  flush(): void {
    this.#handleWaiting(Number.POSITIVE_INFINITY);
  }

  /** Drops the waiting items. */
  clear(): void {
    this.#waiting.length = this.#characters = 0;
    this.#scheduleSlice();
  }

  #hasTime(): boolean {
    if (!this.#rendering.isVisible()) return true;
    const now = this.#rendering.now();
    const { startedAtMs, usedMs } = this.#direct;
    if (now - startedAtMs - usedMs > frameMs) this.#direct = { startedAtMs: now, usedMs: 0, count: 0 };
    return this.#direct.count < maxPerFrame;
  }

  #handleWaiting(maxMs: number): void {
    if (this.#current || this.#waiting.length === 0) return;
    const startedAtMs = this.#rendering.now();
    try {
      this.#batch(() => {
        while (this.#waiting.length > 0 && this.#rendering.now() - startedAtMs < maxMs) this.#handleOldest();
      });
    } finally {
      this.#scheduleSlice();
    }
  }

  #handleOldest(): void {
    const oldest = this.#waiting.shift();
    if (!oldest) return;
    this.#characters -= oldest.size;
    this.#current = oldest;
    try {
      this.#batch(() => this.#handle(oldest.item, oldest.size));
    } finally {
      this.#current = undefined;
    }
  }

  #scheduleSlice(): void {
    if (this.#waiting.length === 0) {
      this.#cancelSlice?.();
      this.#cancelSlice = undefined;
    } else {
      if (this.#cancelSlice) return;
      this.#arrived = 0;
      this.#scheduledAtMs = this.#rendering.now();
      this.#cancelSlice = this.#rendering.afterNextFrame(() => {
        this.#cancelSlice = undefined;
        this.#runSlice();
      });
    }
  }

  #runSlice(): void {
    if (!this.#rendering.isVisible()) this.flush();
    else if (this.#isBurstArriving()) this.#scheduleSlice();
    else this.#handleWaiting(this.#nextSliceMs());
  }

  #isBurstArriving(): boolean {
    return this.#arrived >= maxPerFrame && this.#rendering.now() - this.#waitingSinceMs < maxPauseMs;
  }

  #nextSliceMs(): number {
    const waitedMs = this.#rendering.now() - this.#scheduledAtMs;
    return Math.min(maxSliceMs, Math.max(sliceMs, waitedMs / 2));
  }
}

/** While messages arrive faster than the page can render, the browser delays frames. Slices would delay them further. */
const lateMs = 50;
/** A hidden page gets no animation frames. */
const maxWaitMs = 250;

const browserRendering: Rendering = {
  // In Node, `document` is undefined.
  isVisible: () => globalThis.document?.visibilityState === "visible",
  now: () => performance.now(),
  afterNextFrame(run) {
    let frame = requestAnimationFrame(render);
    let timer = setTimeout(runOnce, maxWaitMs);

    function render(frameAtMs: number): void {
      if (performance.now() - frameAtMs > lateMs) {
        frame = requestAnimationFrame(render);
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(runOnce);
    }
    function runOnce(): void {
      cancel();
      run();
    }
    function cancel(): void {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    }
    return cancel;
  },
};
