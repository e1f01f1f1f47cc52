// The page's URL. Its parameters contain the user's settings, so that a reload or a link restores them.

export type PageAddress = ReturnType<typeof createPageAddress>;

/** Each module sets its own parameters. No two modules use the same parameter name. */
export function createPageAddress(url: URL) {
  let isScheduled = false;

  /** Combines several changes into one update, because browsers limit how often a page may change its URL. */
  function show(): void {
    if (isScheduled) return;
    isScheduled = true;
    queueMicrotask(() => {
      isScheduled = false;
      history.replaceState(history.state, "", url);
    });
  }

  return {
    /** The current URL. Change it only with `set`. */
    url,
    /** Reads a parameter from the query or from the fragment, which contains a link's long parameters. */
    get: (name: string) => url.searchParams.get(name) ?? new URLSearchParams(url.hash.slice(1)).get(name),
    /** Sets a parameter, or removes it if the value is undefined. */
    set(name: string, value: string | undefined): void {
      if (url.searchParams.get(name) === (value ?? null)) return;
      if (value === undefined) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
      show();
    },
  };
}
