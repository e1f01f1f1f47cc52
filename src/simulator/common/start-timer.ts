/** With a longer time, setTimeout does not wait at all. */
const longestMs = 2 ** 31 - 1;

/** Like setTimeout, but also waits if the time is very long, for example Infinity. */
export function startTimer(callback: () => void, ms: number): ReturnType<typeof setTimeout> {
  return setTimeout(callback, Math.min(ms, longestMs));
}
