// Checks which folders in src/ may import from which folders, which may use Node, and that no imports are circular.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, posix } from "node:path";
import { expect, test } from "@playwright/test";

type Folder = { folders: string[]; packages?: string[]; node?: true };

/** Each folder may import from itself, from these folders and from these packages. `node` allows Node and every package. */
const folders: Record<string, Folder> = {
  "": { folders: ["app", "dom", "protocol"], packages: ["@hubspot/calling-extensions-sdk"] },
  app: { folders: ["dom", "protocol"], packages: ["@hubspot/calling-extensions-sdk"] },
  protocol: { folders: [], packages: ["valibot"] },
  dom: { folders: [] },
  http: { folders: [], packages: ["valibot"] },
  node: { folders: ["http"], node: true },
  "simulator/calls": { folders: ["protocol"], packages: ["valibot"] },
  "simulator/rules": { folders: ["simulator/calls", "protocol"], packages: ["valibot"] },
  "simulator/common": { folders: [] },
  "simulator/crm": { folders: ["simulator/common", "simulator/calls", "protocol"], packages: ["valibot"] },
  "simulator/replay": {
    folders: ["simulator/crm", "simulator/rules", "simulator/calls", "protocol"],
    packages: ["valibot"],
  },
  "simulator/session": {
    folders: [
      "simulator/replay",
      "simulator/crm",
      "simulator/common",
      "simulator/rules",
      "simulator/calls",
      "protocol",
      "http",
    ],
    packages: ["valibot"],
  },
  "simulator/ui/common": { folders: ["simulator/session", "dom", "protocol"] },
  "simulator/ui/backend": {
    folders: [
      "simulator/ui/common",
      "simulator/api",
      "simulator/session",
      "simulator/crm",
      "simulator/common",
      "simulator/calls",
      "dom",
      "http",
    ],
    packages: ["valibot"],
  },
  "simulator/ui/setup": {
    folders: ["simulator/ui/backend", "simulator/ui/common", "simulator/session", "simulator/crm", "dom", "protocol"],
    packages: ["valibot"],
  },
  "simulator/ui/calling": {
    folders: [
      "simulator/ui/setup",
      "simulator/ui/backend",
      "simulator/ui/common",
      "simulator/session",
      "simulator/crm",
      "simulator/common",
      "simulator/calls",
      "dom",
      "http",
      "protocol",
    ],
    packages: ["valibot"],
  },
  "simulator/ui/messages": {
    folders: [
      "simulator/ui/backend",
      "simulator/ui/common",
      "simulator/session",
      "simulator/replay",
      "simulator/crm",
      "simulator/rules",
      "simulator/calls",
      "dom",
      "protocol",
    ],
    packages: ["valibot"],
  },
  "simulator/ui/crm": {
    folders: [
      "simulator/ui/calling",
      "simulator/ui/common",
      "simulator/session",
      "simulator/crm",
      "simulator/calls",
      "dom",
      "protocol",
    ],
  },
  "simulator/ui/simulate": {
    folders: [
      "simulator/ui/calling",
      "simulator/ui/setup",
      "simulator/ui/backend",
      "simulator/ui/common",
      "simulator/api",
      "simulator/session",
      "simulator/replay",
      "simulator/crm",
      "dom",
      "protocol",
    ],
  },
  "simulator/ui": {
    folders: [
      "simulator/ui/simulate",
      "simulator/ui/crm",
      "simulator/ui/messages",
      "simulator/ui/calling",
      "simulator/ui/setup",
      "simulator/ui/backend",
      "simulator/ui/common",
      "simulator/session",
      "simulator/replay",
      "simulator/crm",
      "simulator/rules",
      "simulator/calls",
      "dom",
      "protocol",
    ],
  },
  "simulator/api": {
    folders: ["simulator/crm", "simulator/calls", "protocol", "http"],
    packages: ["hono", "valibot"],
  },
  mock: { folders: ["simulator/session", "simulator/crm", "simulator/common", "simulator/rules", "simulator/calls"] },
  webhook: { folders: ["http"], packages: ["valibot"] },
  settings: { folders: ["protocol", "http", "node"], node: true },
  server: { folders: ["simulator/api", "simulator/crm", "webhook", "protocol", "http", "node"], node: true },
  "check/report": { folders: ["simulator/rules", "simulator/calls"] },
  "check/reporters": {
    folders: [
      "check/report",
      "simulator/ui/messages",
      "simulator/rules",
      "simulator/calls",
      "protocol",
      "http",
      "node",
    ],
    node: true,
  },
  "check/browser": {
    folders: [
      "check/report",
      "server",
      "simulator/session",
      "simulator/rules",
      "simulator/calls",
      "protocol",
      "http",
      "node",
    ],
    node: true,
  },
  "check/context": {
    folders: ["check/browser", "check/report", "simulator/rules", "simulator/calls", "protocol", "http", "node"],
    node: true,
  },
  "check/scenarios": {
    folders: [
      "check/context",
      "check/browser",
      "simulator/session",
      "simulator/crm",
      "simulator/rules",
      "simulator/calls",
      "protocol",
      "node",
    ],
    node: true,
  },
  check: {
    folders: [
      "check/reporters",
      "check/scenarios",
      "check/context",
      "check/browser",
      "check/report",
      "simulator/rules",
      "http",
      "node",
    ],
    node: true,
  },
  testing: {
    folders: [
      "check/browser",
      "server",
      "simulator/ui",
      "simulator/session",
      "simulator/replay",
      "simulator/crm",
      "simulator/rules",
      "simulator/calls",
      "dom",
      "protocol",
      "http",
      "node",
    ],
    node: true,
  },
  cli: { folders: ["check", "testing", "settings", "server", "simulator/replay", "http", "node"], node: true },
};

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .map((path) => `src/${path.replaceAll("\\", "/")}`)
  .filter((path) => path.endsWith(".ts"));
const folderOf = (path: string) => dirname(path).replace(/^src\/?/, "");

/** Returns a file's imports, including types, as paths from the project's root or package names. */
function importsOf(path: string): string[] {
  const imports = readFileSync(path, "utf8")
    .replace(/^\/\/.*$/gm, "")
    .matchAll(/(?:^(?:import|export)\b[^;]*?\sfrom\s*|\bimport\s*\(?\s*)"([^"]+)"/gm);
  return [...imports].map(([, name = ""]) => (name.startsWith(".") ? posix.join(dirname(path), name) : name));
}

function isAllowed(folder: string, imported: string): boolean {
  const { folders: others, packages = [], node } = folders[folder] ?? { folders: [] };
  if (imported.startsWith("src/")) return [folder, ...others].includes(folderOf(imported));
  return node === true || packages.some((name) => imported === name || imported.startsWith(`${name}/`));
}

test("the table of allowed imports lists the folder of every file in src/, and only index.ts is directly in src/", () => {
  expect(files.length).toBeGreaterThan(40);
  expect(files.flatMap(importsOf).length).toBeGreaterThan(files.length);
  expect(files.filter((path) => !Object.hasOwn(folders, folderOf(path)))).toEqual([]);
  expect(files.filter((path) => folderOf(path) === "")).toEqual(["src/index.ts"]);
});

for (const folder of Object.keys(folders)) {
  test(`src/${folder || "index.ts"} imports only what the table allows`, () => {
    const paths = files.filter((path) => folderOf(path) === folder);
    expect(paths.length).toBeGreaterThan(0);
    const imports = paths.flatMap((path) => importsOf(path).map((imported) => ({ path, imported })));
    expect(imports.filter(({ imported }) => !isAllowed(folder, imported))).toEqual([]);
  });
}

test("package.json declares every package that src/ imports", () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const declared = Object.keys({ ...dependencies, ...devDependencies });
  const packages = files.flatMap(importsOf).filter((name) => !/^(src\/|node:|package\.json$)/.test(name));
  const names = packages.map((name) =>
    name.startsWith("@") ? name.split("/", 2).join("/") : name.replace(/\/.*/, ""),
  );
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !declared.includes(name))).toEqual([]);
});

type Graph = Map<string, Set<string>>;

/** Returns the groups of nodes that reach each other, in alphabetical order. */
function circlesOf(graph: Graph): string[][] {
  const reachable = new Map([...graph.keys()].map((node) => [node, reachableFrom(node, graph)]));
  const circles = [...reachable].flatMap(([node, others]) => {
    const circle = [...others].filter((other) => reachable.get(other)?.has(node)).toSorted(byName);
    return circle[0] === node ? [circle] : []; // reports each circle only once, for its first node
  });
  return circles.toSorted(([a = ""], [b = ""]) => byName(a, b));
}

const byName = (a: string, b: string) => (a < b ? -1 : 1);

/** The result contains the start node only if that node is in a circle. */
function reachableFrom(start: string, graph: Graph): Set<string> {
  const reached = new Set<string>();
  const queue = [start];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const next of graph.get(node) ?? []) {
      if (!reached.has(next)) queue.push(next);
      reached.add(next);
    }
  }
  return reached;
}

const fileGraph: Graph = new Map(
  files.map((path) => [path, new Set(importsOf(path).filter((imported) => files.includes(imported)))]),
);

const folderGraph: Graph = new Map();
for (const [path, imports] of fileGraph) {
  const folder = folderOf(path);
  const others = [...imports].map(folderOf).filter((other) => other !== folder);
  folderGraph.set(folder, new Set([...(folderGraph.get(folder) ?? []), ...others]));
}

test("finds the circles in a graph", () => {
  const graph: Graph = new Map(
    Object.entries({ a: ["b"], b: ["c", "d"], c: ["a"], d: ["e"], e: ["d"], f: ["a"], g: ["g"] }).map(
      ([node, others]) => [node, new Set(others)],
    ),
  );
  expect(circlesOf(graph)).toEqual([["a", "b", "c"], ["d", "e"], ["g"]]);
});

test("no files import each other in a circle", () => {
  expect(circlesOf(fileGraph)).toEqual([]);
});

test("no folders import each other in a circle", () => {
  expect(circlesOf(folderGraph)).toEqual([]);
});
