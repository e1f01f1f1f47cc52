/**
 * Returns a function that runs `render` before the next animation frame, once, however often it is called until then.
 * @param pauseFactor skips the frames within this multiple of the time that the last run took: with 4, rendering takes at
 * most a fifth of the time
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
