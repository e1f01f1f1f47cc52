/** Returns a function that renders the items. An unchanged item keeps its element. Each item's JSON must be unique. */
export function createKeyedList<T>(
  list: HTMLElement,
  createItem: (item: T) => HTMLElement,
): (items: readonly T[]) => void {
  const elements = new Map<string, HTMLElement>();
  return (items) => {
    const wanted = new Map(items.map((item) => [JSON.stringify(item), item]));
    for (const [key, item] of elements) {
      if (wanted.has(key)) continue;
      item.remove();
      elements.delete(key);
    }
    let next = list.firstElementChild;
    for (const [key, item] of wanted) {
      const child = elements.get(key) ?? createItem(item);
      elements.set(key, child);
      if (child === next) next = next.nextElementSibling;
      else list.insertBefore(child, next);
    }
  };
}
