// Finds packages that this package does not depend on, but that may be installed in the user's project.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Returns the paths of the installed packages, best match first.
 * @param names packages or files in packages, in order of preference
 * @param from a file whose folder is searched before the working directory and this package's folder
 */
export function resolvePackages(names: readonly string[], from?: string): string[] {
  // createRequire needs a file path, but the file need not exist.
  const places = [...(from === undefined ? [] : [from]), join(process.cwd(), "_"), import.meta.url];
  return places.flatMap((place) => names.flatMap((name) => resolveFrom(place, name) ?? []));
}

function resolveFrom(place: string, name: string): string | undefined {
  try {
    return createRequire(place).resolve(name);
  } catch {
    return undefined; // The package is not installed here.
  }
}

/** Imports the first package that loads. Returns its default export, or the whole module if it has none. */
export async function importPackage(names: readonly string[], from?: string): Promise<unknown> {
  for (const path of resolvePackages(names, from)) {
    try {
      const module: { default?: unknown } = await import(pathToFileURL(path).href);
      return module.default ?? module;
    } catch {
      // The package cannot be loaded. Try the next one.
    }
  }
  return undefined;
}
