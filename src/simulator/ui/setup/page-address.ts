// The page's address. Its parameters hold what the user has set, so that a reload and a link restore it.

export type PageAddress = ReturnType<typeof createPageAddress>;

/** Each part of the page sets parameters with names that no other part uses. */
export function createPageAddress(url: URL) {
  let isScheduled = false;

  /** Several changes become one entry, because browsers limit how often a page may change its address. */
  function show(): void {
    if (isScheduled) return;
    isScheduled = true;
    queueMicrotask(() => {
      isScheduled = false;
      history.replaceState(history.state, "", url);
    });
  }

  return {
    /** The current address. Change it only with `set`. */
    url,
    /** Reads a parameter, also from the part after #, where a link has the long ones. */
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
