// Finds and creates elements. Child strings become text nodes, and are never parsed as markup.

/**
 * Finds an element by its id.
 * @throws an Error with the id if the page has no such element, or if the element has a different type
 */
export function element<E extends HTMLElement>(id: string, kind: new () => E): E {
  const candidate = document.getElementById(id);
  if (candidate instanceof kind) return candidate;
  throw new Error(`The page has no ${kind.name} with the id "${id}".`);
}

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const created = Object.assign(document.createElement(tag), properties);
  created.append(...children);
  return created;
}
