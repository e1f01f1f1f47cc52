/** Browsers round scroll positions. */
const tolerancePx = 8;

/**
 * Keeps an element scrolled to its end until the user scrolls away.
 * @returns a function to call after adding content. With the argument false, the element stays where it is until the user
 * scrolls to the end
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
