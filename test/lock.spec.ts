import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";

type Packages = Record<string, { optionalDependencies?: Record<string, string> }>;

// npm sometimes omits packages for other operating systems from the lock file. Installation on those systems then fails.
test("the lock file contains every optional dependency, including dependencies for other operating systems", async () => {
  const { packages }: { packages: Packages } = JSON.parse(await readFile("package-lock.json", "utf8"));
  const wanted = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => [`${path}/node_modules/${name}`, `node_modules/${name}`]),
  );
  expect(wanted.length).toBeGreaterThan(0);
  expect(wanted.filter((places) => !places.some((place) => packages[place])).map(([place]) => place)).toEqual([]);
});
