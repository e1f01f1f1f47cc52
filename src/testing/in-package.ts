import { fileURLToPath } from "node:url";

/** Resolves a path relative to the folder with the built programs. */
export const inPackage = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
