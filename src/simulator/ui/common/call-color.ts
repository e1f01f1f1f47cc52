// Calls have colors, so that the eye can follow a call through the messages and find it in the call bar. A color never replaces
// the call's name.

/** In degrees. Differ from the hues of errors and warnings. With more calls, the hues repeat. */
export const callHues = [260, 140, 320, 200] as const;

export function markCall(element: HTMLElement, hue: number | undefined): void {
  if (hue === undefined) return;
  element.classList.add("callColor");
  element.style.setProperty("--hue", `${hue}`);
}
