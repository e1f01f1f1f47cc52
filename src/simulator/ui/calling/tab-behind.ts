/** Returns the simulator's tab that opened this page as the calling window, if that tab is still open. */
export function tabBehind(): Window | undefined {
  const opener: Window | null = window.opener;
  return opener && !opener.closed && !isForeign(opener) && Object.hasOwn(opener, "hubspot") ? opener : undefined;
}

/** Returns whether the window contains a page of another origin. */
export function isForeign(opened: Window): boolean {
  try {
    return !opened.location.href;
  } catch {
    return true; // A SecurityError: the browser hides the URL of a page of another origin.
  }
}
