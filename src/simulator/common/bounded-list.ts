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
  /** The items' sizes, in the order of `items`. */
  const sizes: number[] = [];
  let characters = 0;

  return {
    items: readonlyItems,
    add(item: Item): number {
      const size = Math.min(sizeOf(item), maxCharacters + 1);
      items.push(item);
      sizes.push(size);
      characters += size;
      let dropped = 0;
      while (items.length > 1 && (items.length > maxCount || characters > maxCharacters)) {
        items.shift();
        characters -= sizes.shift() ?? 0;
        dropped += 1;
      }
      return dropped;
    },
    take(matches: (item: Item) => boolean): Item | undefined {
      const index = items.findIndex(matches);
      if (index < 0) return undefined;
      const [size = 0] = sizes.splice(index, 1);
      characters -= size;
      return items.splice(index, 1)[0];
    },
    clear(): void {
      items.length = sizes.length = characters = 0;
    },
  };
}
