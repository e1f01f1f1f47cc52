/** Hours, minutes and seconds of a time in milliseconds since 1970, as 14:05:09. */
export const formatTime = (at: number): string => new Date(at).toTimeString().slice(0, 8);

/** A duration as +12 ms, +1.2 s or +3 min. */
export function formatElapsed(elapsedMs: number): string {
  if (elapsedMs < 1000) return `+${elapsedMs} ms`;
  return elapsedMs < 60_000 ? `+${(elapsedMs / 1000).toFixed(1)} s` : `+${Math.round(elapsedMs / 60_000)} min`;
}
