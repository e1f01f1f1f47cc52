/**
 * Returns a function that schedules `render` for the next animation frame. Further calls before that frame have no effect.
 * @param pauseFactor how long to pause after each call of `render`, as a multiple of the call's duration. With 4, rendering
 * takes at most a fifth of the time
 */
export function throttleToFrame(render: () => void, pauseFactor = 0): () => void {
  let isScheduled = false;
  let pausedUntil = 0;
  const schedule = () => {
    if (!isScheduled) requestAnimationFrame(run);
    isScheduled = true;
  };
  function run(): void {
    isScheduled = false;
    const begin = performance.now();
    if (begin < pausedUntil) {
      schedule();
      return;
    }
    render();
    const end = performance.now();
    pausedUntil = end + (end - begin) * pauseFactor;
  }
  return schedule;
}
