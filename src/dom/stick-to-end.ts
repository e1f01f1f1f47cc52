/** Browsers round scroll positions. */
const tolerancePx = 8;

/**
 * Keeps an element scrolled to its end, even when its size changes, until the user scrolls away.
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
    // A change of the height can also cause this event. The observer, which updates `height`, runs after this listener.
    if (clientHeight === height) isAtEnd = scrollHeight - scrollTop - height < tolerancePx;
  });
  new ResizeObserver(() => {
    height = scroller.clientHeight;
    follow();
  }).observe(scroller);
  return follow;
}
