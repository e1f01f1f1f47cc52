/** Browsers round scroll positions. */
const tolerancePx = 8;

/**
 * Keeps a scroller at its end until the user scrolls away.
 * @returns a function to call after adding content
 */
export function stickToEnd(scroller: HTMLElement): () => void {
  let isAtEnd = true;
  scroller.addEventListener("scroll", () => {
    isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < tolerancePx;
  });
  return () => {
    if (isAtEnd) scroller.scrollTop = scroller.scrollHeight;
  };
}
