import { resolve } from "node:path";

/** Returns the same text for every spelling of the path. By default, Windows and macOS ignore the case of names. */
export function pathKey(path: string): string {
  const absolute = resolve(path);
  return process.platform === "linux" ? absolute : absolute.toLowerCase();
}
