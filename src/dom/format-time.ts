let lastSecond = Number.NaN;
let lastText = "";

/** Formats a Unix time in milliseconds as a time in the local time zone, for example 14:05:09. */
export function formatTime(at: number): string {
  const second = Math.floor(at / 1000);
  // In a burst of messages, formatting a Date for each message would cost more than the rest of the logging.
  if (second !== lastSecond) lastText = new Date(at).toTimeString().slice(0, 8);
  lastSecond = second;
  return lastText;
}

/** Formats a duration, for example as +12 ms, +1.2 s or +3 min. */
export function formatElapsed(elapsedMs: number): string {
  if (elapsedMs < 1000) return `+${elapsedMs} ms`;
  return elapsedMs < 60_000 ? `+${(elapsedMs / 1000).toFixed(1)} s` : `+${Math.round(elapsedMs / 60_000)} min`;
}

/** Formats a Unix time in milliseconds as a date in the local time zone, for example 2026-11-28. */
export function formatDay(at: number): string {
  const date = new Date(at);
  const twoDigits = (value: number) => `${value}`.padStart(2, "0");
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}
