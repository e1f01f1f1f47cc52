/** Returns a function that runs `render` before the next animation frame, once, however often it is called until then. */
export function throttleToFrame(render: () => void): () => void {
  let isScheduled = false;
  return () => {
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(() => {
      isScheduled = false;
      render();
    });
  };
}
