// The page's elements, found by id and of the kind the code expects.

/**
 * The element of the page with this id.
 * @throws an Error that names the id when there is none, or one of another kind.
 */
export function element<E extends HTMLElement>(id: string, kind: new () => E): E {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page needs a ${kind.name} with the id "${id}".`);
}
