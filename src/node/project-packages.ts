// Packages of the project that the command runs in, which this package does not depend on.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Where the packages are installed, in the order of preference.
 * @param names packages, or files in them; the first is preferred to the second in the same place
 * @param from a file to search from, before the working directory and this package
 */
export function resolvePackages(names: readonly string[], from?: string): string[] {
  // Node searches from a file, which need not exist.
  const places = [...(from === undefined ? [] : [from]), join(process.cwd(), "_"), import.meta.url];
  return places.flatMap((place) => names.flatMap((name) => resolveFrom(place, name) ?? []));
}

function resolveFrom(place: string, name: string): string | undefined {
  try {
    return createRequire(place).resolve(name);
  } catch {
    return undefined; // it is not installed there
  }
}

/** Imports the first of the packages that can be imported; parameters as for `resolvePackages`. */
export async function importPackage(names: readonly string[], from?: string): Promise<unknown> {
  for (const path of resolvePackages(names, from)) {
    try {
      const module: { default?: unknown } = await import(pathToFileURL(path).href);
      return module.default ?? module;
    } catch {
      // Installed but broken: the next one.
    }
  }
  return undefined;
}
