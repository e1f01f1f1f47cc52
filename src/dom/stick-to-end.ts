/** Pixels that still count as the end: browsers round scroll positions. */
const tolerance = 8;

/** Keeps a scroller at its end while content is added, until the reader scrolls away from the end. */
export function stickToEnd(scroller: HTMLElement) {
  let isAtEnd = true;
  scroller.addEventListener("scroll", () => {
    isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < tolerance;
  });
  return {
    /** Call this after content was added. */
    update(): void {
      if (isAtEnd) scroller.scrollTop = scroller.scrollHeight;
    },
    /** Call this before the page itself scrolls to another place. */
    release(): void {
      isAtEnd = false;
    },
  };
}
