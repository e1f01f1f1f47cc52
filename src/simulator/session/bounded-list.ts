/**
 * Creates a list that drops its oldest items when it contains too many items or characters. The newest item always stays.
 * @param sizeOf returns the number of characters in an item; called once per item
 */
export function createBoundedList<Item extends object>(
  { maxCount, maxCharacters }: { maxCount: number; maxCharacters: number },
  sizeOf: (item: Item) => number,
) {
  const items: Item[] = [];
  const readonlyItems: readonly Item[] = items;
  const sizes = new WeakMap<Item, number>();
  let characters = 0;
  const subtract = (item: Item) => {
    characters -= sizes.get(item) ?? 0;
  };

  return {
    items: readonlyItems,
    add(item: Item): number {
      const size = Math.min(sizeOf(item), maxCharacters + 1);
      sizes.set(item, size);
      items.push(item);
      characters += size;
      let dropped = 0;
      while (items.length > 1 && (items.length > maxCount || characters > maxCharacters)) {
        const oldest = items.shift();
        if (oldest) subtract(oldest);
        dropped += 1;
      }
      return dropped;
    },
    take(matches: (item: Item) => boolean): Item | undefined {
      const index = items.findIndex(matches);
      const [item] = index < 0 ? [] : items.splice(index, 1);
      if (item) subtract(item);
      return item;
    },
    clear(): void {
      items.length = 0;
      characters = 0;
    },
  };
}
