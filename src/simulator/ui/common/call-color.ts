// Each call has a color, so that the user can follow the call through the messages and find it in the call bar.

/** In degrees. The hues differ from those of errors and warnings. From the fifth call on, the hues repeat. */
export const callHues = [260, 140, 320, 200] as const;

export function markCall(element: HTMLElement, hue: number | undefined): void {
  if (hue === undefined) return;
  element.classList.add("callColor");
  element.style.setProperty("--hue", `${hue}`);
}
