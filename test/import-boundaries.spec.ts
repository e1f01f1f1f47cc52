// Import boundaries: which folders of src/ may import which, and that only the Node folders use Node.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { expect, test } from "@playwright/test";

type Folder = { folders: string[]; packages?: string[]; node?: true };

/** Each folder may import itself, these folders, and these packages; `node` allows every package and Node itself. */
const folders: Record<string, Folder> = {
  "": { folders: ["app", "dom", "protocol"], packages: ["@hubspot/calling-extensions-sdk"] },
  app: { folders: ["dom", "protocol"], packages: ["@hubspot/calling-extensions-sdk"] },
  protocol: { folders: [], packages: ["valibot"] },
  dom: { folders: [] },
  http: { folders: [], packages: ["valibot"] },
  node: { folders: ["http"], node: true },
  "simulator/calls": { folders: ["protocol"], packages: ["valibot"] },
  "simulator/rules": { folders: ["simulator/calls", "protocol"], packages: ["valibot"] },
  "simulator/session": { folders: ["simulator/rules", "simulator/calls", "protocol", "http"], packages: ["valibot"] },
  "simulator/ui": {
    folders: ["simulator/session", "simulator/rules", "simulator/calls", "simulator/api", "dom", "protocol", "http"],
    packages: ["valibot"],
  },
  "simulator/api": {
    folders: ["simulator/session", "simulator/calls", "protocol", "http"],
    packages: ["hono", "valibot"],
  },
  webhook: { folders: ["http"], packages: ["valibot"] },
  settings: { folders: ["http", "node"], node: true },
  server: { folders: ["simulator/api", "simulator/session", "webhook", "protocol", "http", "node"], node: true },
  testing: {
    folders: [
      "check",
      "server",
      "simulator/ui",
      "simulator/session",
      "simulator/rules",
      "simulator/calls",
      "dom",
      "protocol",
      "http",
      "node",
    ],
    node: true,
  },
  check: {
    folders: [
      "testing",
      "server",
      "simulator/api",
      "simulator/ui",
      "simulator/session",
      "simulator/rules",
      "simulator/calls",
      "protocol",
      "http",
      "node",
    ],
    node: true,
  },
  cli: { folders: ["check", "testing", "settings", "server", "node"], node: true },
};

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .map((path) => `src/${path.replaceAll("\\", "/")}`)
  .filter((path) => path.endsWith(".ts"));
const folderOf = (path: string) => dirname(path).replace(/^src\/?/, "");

/** What a file imports, types included: paths from the project's root, and packages by their names. */
function importsOf(path: string): string[] {
  const found = readFileSync(path, "utf8").matchAll(
    /(?:^(?:import|export)\b[^;]*?from\s*|\bimport\s*\(?\s*)"([^"]+)"/gm,
  );
  return [...found].map(([, name = ""]) => (name.startsWith(".") ? posix.join(dirname(path), name) : name));
}

function isAllowed(folder: string, imported: string): boolean {
  const { folders: others, packages = [], node } = folders[folder] ?? { folders: [] };
  if (imported.startsWith("src/")) return [folder, ...others].includes(folderOf(imported));
  return node === true || packages.some((name) => imported === name || imported.startsWith(`${name}/`));
}

test("knows the folder of every file, with only the calling app at the top", () => {
  expect(files.length).toBeGreaterThan(40);
  expect(files.filter((path) => !Object.hasOwn(folders, folderOf(path)))).toEqual([]);
  expect(files.filter((path) => folderOf(path) === "")).toEqual(["src/index.ts"]);
});

for (const folder of Object.keys(folders)) {
  test(`src/${folder || "index.ts"} imports what it may`, () => {
    const imports = files
      .filter((path) => folderOf(path) === folder)
      .flatMap((path) => importsOf(path).map((imported) => ({ path, imported })));
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.filter(({ imported }) => !isAllowed(folder, imported))).toEqual([]);
  });
}
