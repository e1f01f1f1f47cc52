// Lists that are drawn once a frame, however often they change, and of which only what changed is made anew; and texts
// of the app's, which may be as long as it likes.

/** Gives a function that draws before the browser's next frame, however often it is called until then. */
export function onceAFrame(draw: () => void): () => void {
  let willDraw = false;
  return () => {
    if (!willDraw) {
      requestAnimationFrame(() => {
        willDraw = false;
        draw();
      });
    }
    willDraw = true;
  };
}

/**
 * Opens a list of the page. The function that it gives brings the list to these items, in their order; an item that is
 * as it was, by its JSON, stays the element that it is. No two items may be the same.
 */
export function openList<T>(list: HTMLElement, make: (one: T) => HTMLElement): (all: readonly T[]) => void {
  const made = new Map<string, HTMLElement>();
  return (all) => {
    const wanted = new Map(all.map((one) => [JSON.stringify(one), one]));
    for (const [key, item] of made) {
      if (wanted.has(key)) continue;
      item.remove();
      made.delete(key);
    }
    let place = list.firstElementChild;
    for (const [key, one] of wanted) {
      const item = made.get(key) ?? make(one);
      made.set(key, item);
      if (item === place) place = place.nextElementSibling;
      else list.insertBefore(item, place);
    }
  };
}

/** Characters of a text of the app's that are shown. */
const readable = 2000;

/** A text of the app's, no longer than a person reads. */
export function cut(text: string): string {
  return text.length > readable ? `${text.slice(0, readable)} … (${text.length} characters)` : text;
}
