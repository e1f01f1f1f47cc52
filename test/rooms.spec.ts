// Who imports whom: the rooms of src/, what each may use, and that only those of Node use Node.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { expect, test } from "@playwright/test";

type Room = { rooms: string[]; packages?: string[]; node?: true };

/** Each room may import itself, these rooms, and these packages; `node` opens every package, Node's own included. */
const rooms: Record<string, Room> = {
  "": { rooms: ["app", "panel", "protocol"], packages: ["@hubspot/calling-extensions-sdk"] },
  app: { rooms: ["panel", "protocol"], packages: ["@hubspot/calling-extensions-sdk"] },
  protocol: { rooms: [], packages: ["valibot"] },
  panel: { rooms: ["protocol"] },
  "hubspot/session": { rooms: ["hubspot/api", "protocol"], packages: ["valibot"] },
  "hubspot/page": { rooms: ["hubspot/session", "hubspot/api", "panel", "protocol"], packages: ["valibot"] },
  "hubspot/api": { rooms: ["hubspot/session", "protocol"], packages: ["hono", "valibot"] },
  webhook: { rooms: ["protocol"], packages: ["valibot"] },
  settings: { rooms: ["protocol", "server"], node: true },
  server: { rooms: ["hubspot/api", "hubspot/session", "webhook", "protocol"], node: true },
  package: {
    rooms: ["package/check", "settings", "server", "hubspot/page", "hubspot/session", "panel", "protocol"],
    node: true,
  },
  "package/check": {
    rooms: ["package", "server", "hubspot/api", "hubspot/page", "hubspot/session", "protocol"],
    node: true,
  },
};

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .map((path) => `src/${path.replaceAll("\\", "/")}`)
  .filter((path) => path.endsWith(".ts"));
const roomOf = (path: string) => dirname(path).replace(/^src\/?/, "");

/** What a file imports, types included: paths from the project's root, and packages by their names. */
function importsOf(path: string): string[] {
  const found = readFileSync(path, "utf8").matchAll(
    /(?:^(?:import|export)\b[^;]*?from\s*|\bimport\s*\(?\s*)"([^"]+)"/gm,
  );
  return [...found].map(([, name = ""]) => (name.startsWith(".") ? posix.join(dirname(path), name) : name));
}

function isAllowed(room: string, imported: string): boolean {
  const { rooms: others, packages = [], node } = rooms[room] ?? { rooms: [] };
  if (imported.startsWith("src/")) return [room, ...others].includes(roomOf(imported));
  return node === true || packages.some((name) => imported === name || imported.startsWith(`${name}/`));
}

test("every file is in a room that is known, and the calling app is alone at the top", () => {
  expect(files.length).toBeGreaterThan(40);
  expect(files.filter((path) => !Object.hasOwn(rooms, roomOf(path)))).toEqual([]);
  expect(files.filter((path) => roomOf(path) === "")).toEqual(["src/index.ts"]);
});

for (const room of Object.keys(rooms)) {
  test(`src/${room || "index.ts"} imports what it may`, () => {
    const imports = files
      .filter((path) => roomOf(path) === room)
      .flatMap((path) => importsOf(path).map((imported) => ({ path, imported })));
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.filter(({ imported }) => !isAllowed(room, imported))).toEqual([]);
  });
}
