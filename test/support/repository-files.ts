import { readdirSync } from "node:fs";
import { join, posix } from "node:path";

const root = join(import.meta.dirname, "..", "..");
/** The folders that .gitignore lists, and Git's own folder. */
const ignored = new Set([".git", ".serve", "dist", "lib", "node_modules", "results"]);

/**
 * Lists the repository's files. Does not use git, because the tests must also run in a copy that was downloaded as a ZIP file.
 * @returns paths relative to the repository's root, with forward slashes
 */
export function repositoryFiles(folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isFile()) return [path];
    return entry.isDirectory() && !ignored.has(entry.name) ? repositoryFiles(path) : [];
  });
}
