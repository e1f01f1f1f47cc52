/** Pixels that still count as the end: browsers round scroll positions. */
const tolerance = 8;

/**
 * Keeps a scroller at its end until the reader scrolls away from it.
 * @returns a function to call after content was added
 */
export function stickToEnd(scroller: HTMLElement): () => void {
  let isAtEnd = true;
  scroller.addEventListener("scroll", () => {
    isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < tolerance;
  });
  return () => {
    if (isAtEnd) scroller.scrollTop = scroller.scrollHeight;
  };
}
