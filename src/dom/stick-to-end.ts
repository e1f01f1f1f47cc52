/** Browsers round scroll positions. */
const tolerancePx = 8;

/**
 * Keeps a scroller at its end until the user scrolls away.
 * @returns a function to call after adding content; with false, it stops following the end until the user scrolls back
 */
export function stickToEnd(scroller: HTMLElement): (isSticking?: boolean) => void {
  let isAtEnd = true;
  scroller.addEventListener("scroll", () => {
    isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < tolerancePx;
  });
  return (isSticking = isAtEnd) => {
    isAtEnd = isSticking;
    if (isAtEnd) scroller.scrollTop = scroller.scrollHeight;
  };
}
