// Wraps localStorage and sessionStorage, because a browser may deny access to them, and they may be full.

export type PageStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/**
 * Returns storage that appears empty if the browser denies access to it. `setItem` throws if the browser does not store the value.
 * @param open returns the browser's storage, or throws
 */
export function createLazyStorage(open: () => PageStorage): PageStorage {
  const tryStorage = <T>(action: (storage: PageStorage) => T): T | undefined => {
    try {
      return action(open());
    } catch {
      return undefined;
    }
  };
  return {
    getItem: (key) => tryStorage((storage) => storage.getItem(key)) ?? null,
    setItem: (key, value) => open().setItem(key, value),
    removeItem: (key) => tryStorage((storage) => storage.removeItem(key)),
  };
}

/**
 * Returns storage that keeps a value in memory if the browser does not store the value.
 * @param onProblem receives the browser's reason, once
 */
export function createForgivingStorage(storage: PageStorage, onProblem: (reason: string) => void): PageStorage {
  const unsaved = new Map<string, string>();
  let isReported = false;
  return {
    getItem: (key) => unsaved.get(key) ?? storage.getItem(key),
    setItem(key, value) {
      unsaved.delete(key);
      try {
        storage.setItem(key, value);
      } catch (error) {
        unsaved.set(key, value);
        if (!isReported) onProblem(error instanceof Error ? error.message : String(error));
        isReported = true;
      }
    },
    removeItem(key) {
      unsaved.delete(key);
      storage.removeItem(key);
    },
  };
}

export function unsavedText(reason: string): string {
  return `The browser does not store your choices on this page (${reason}), so closing the page discards them. Allow this site to store data, or clear the site's data.`;
}
