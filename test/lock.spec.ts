import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";

type Packages = Record<string, { optionalDependencies?: Record<string, string> }>;

// npm writes only what it finds on the system that it runs on: then others cannot install.
test("the lock has what each package brings for other systems", async () => {
  const { packages }: { packages: Packages } = JSON.parse(await readFile("package-lock.json", "utf8"));
  const wanted = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => [`${path}/node_modules/${name}`, `node_modules/${name}`]),
  );
  expect(wanted.length).toBeGreaterThan(0);
  expect(wanted.filter((places) => !places.some((place) => packages[place])).map(([place]) => place)).toEqual([]);
});
