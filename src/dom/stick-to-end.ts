/** Browsers round scroll positions. */
const tolerancePx = 8;

/**
 * Keeps an element scrolled to its end, also when its size changes, until the user scrolls away.
 * @returns a function to call after adding content. With the argument false, the element stays where it is until the user
 * scrolls to the end
 */
export function stickToEnd(scroller: HTMLElement): (isSticking?: boolean) => void {
  let isAtEnd = true;
  let height = 0;
  function follow(isSticking = isAtEnd): void {
    isAtEnd = isSticking;
    if (isAtEnd) scroller.scrollTop = scroller.scrollHeight;
  }
  scroller.addEventListener("scroll", () => {
    const { scrollHeight, scrollTop, clientHeight } = scroller;
    // The user has not scrolled away if only the height has changed. Browsers call the observer after this listener.
    if (clientHeight === height) isAtEnd = scrollHeight - scrollTop - height < tolerancePx;
  });
  new ResizeObserver(() => {
    height = scroller.clientHeight;
    follow();
  }).observe(scroller);
  return follow;
}
