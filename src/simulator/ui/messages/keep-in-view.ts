/**
 * Keeps a row in view when the size of its scroller changes, unless the user has scrolled the row out of view. Scrolls only the
 * scroller, not the page.
 * @param rowOf returns the row, or undefined if there is no row
 * @returns a function to call after `rowOf` returns another row
 */
export function keepInView(scroller: HTMLElement, rowOf: () => HTMLElement | undefined): () => void {
  let rowInView: HTMLElement | undefined;
  let height = 0;
  function update(): void {
    const row = rowOf();
    rowInView = row && isInView(row, scroller) ? row : undefined;
  }
  scroller.addEventListener("scroll", () => {
    // A change of the height can also cause this event. The observer, which runs later, then brings the row back into view.
    if (scroller.clientHeight === height) update();
  });
  new ResizeObserver(() => {
    height = scroller.clientHeight;
    if (rowInView) scrollTo(rowInView, scroller);
    // A larger scroller may now be at its end. Its other listeners ignored the scroll event that preceded this observer.
    scroller.dispatchEvent(new Event("scroll"));
  }).observe(scroller);
  return update;
}

function isInView(row: HTMLElement, scroller: HTMLElement): boolean {
  const { above, below } = distances(row, scroller);
  return above < row.clientHeight && below < row.clientHeight;
}

function scrollTo(row: HTMLElement, scroller: HTMLElement): void {
  const { above, below } = distances(row, scroller);
  if (above > 0) scroller.scrollTop -= above;
  else if (below > 0) scroller.scrollTop += below;
}

/** How far the row reaches above the scroller's upper edge and below its lower edge, in pixels. */
function distances(row: HTMLElement, scroller: HTMLElement): { above: number; below: number } {
  const [inner, outer] = [row.getBoundingClientRect(), scroller.getBoundingClientRect()];
  const top = outer.top + scroller.clientTop;
  return { above: top - inner.top, below: inner.bottom - top - scroller.clientHeight };
}
