// What a person does in the app, as a file of the user's own has it: functions that are handed the app's frame.
import { access, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { FrameLocator } from "playwright-core";
import { UsageError } from "./usage.ts";

export type StepName = "logIn" | "callOut" | "callIn" | "answer" | "hangUp" | "complete";
export type Step = (frame: FrameLocator) => unknown;
/** Each is optional. */
export type Steps = { [Name in StepName]?: Step };

const names: StepName[] = ["logIn", "callOut", "callIn", "answer", "hangUp", "complete"];

/**
 * Loads a steps file: JavaScript, or TypeScript where the project has esbuild or Node itself takes it.
 * @param timeout milliseconds that the file may take
 * @throws a UsageError that names the file, when it is missing or broken, or exports something else
 */
export async function loadSteps(path: string, timeout: number): Promise<Steps> {
  const file = resolve(path);
  await access(file).catch(() => {
    throw new UsageError(`--steps ${path}: there is no such file`);
  });
  const exported = await within(timeout, importFile(file)).catch((error: unknown) => {
    throw new UsageError(`--steps ${path}: ${error instanceof Error ? error.message : error}`);
  });
  const unknown = Object.keys(exported).filter((name) => !isStepName(name) && name !== "default");
  if (unknown.length > 0 || "default" in exported) {
    const what = unknown.length > 0 ? unknown.join(", ") : "a default";
    throw new UsageError(`--steps ${path}: exports ${what}; known: ${names.join(", ")}`);
  }
  const steps: Steps = {};
  for (const name of names) {
    const step = exported[name];
    if (step === undefined) continue;
    if (!isStep(step)) throw new UsageError(`--steps ${path}: ${name} must be a function, and is ${typeof step}`);
    steps[name] = step;
  }
  if (Object.keys(steps).length === 0) {
    throw new UsageError(`--steps ${path}: exports nothing; it may export ${names.join(", ")}`);
  }
  return steps;
}

function isStepName(name: string): name is StepName {
  return names.some((known) => known === name);
}

/** Any function will do: what it takes can only be seen when it is called. */
function isStep(value: unknown): value is Step {
  return typeof value === "function";
}

async function importFile(file: string): Promise<Record<string, unknown>> {
  if (![".ts", ".mts"].includes(extname(file))) return import(pathToFileURL(file).href);
  const build = await projectsEsbuild(file);
  if (!build) return importTyped(file);
  // Beside the file, so that what it imports is found from there.
  const outfile = join(dirname(file), `.steps-${process.pid}-${Date.now()}.mjs`);
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    sourcemap: "inline",
    write: false,
    logLevel: "silent",
  });
  await writeFile(outfile, outputFiles[0]?.contents ?? "");
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(outfile, { force: true });
  }
}

type Build = (options: object) => Promise<{ outputFiles: { contents: Uint8Array }[] }>;

async function projectsEsbuild(file: string): Promise<Build | undefined> {
  for (const from of [file, join(process.cwd(), "_"), import.meta.url]) {
    try {
      const found = await import(pathToFileURL(createRequire(from).resolve("esbuild")).href);
      return found.build ?? found.default.build;
    } catch {
      // It is not there: the next place, or Node's own way.
    }
  }
  return undefined;
}

/** Node 22.18 and newer take types away by themselves. */
async function importTyped(file: string): Promise<Record<string, unknown>> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_UNKNOWN_FILE_EXTENSION")) throw error;
    throw new Error("Node takes no TypeScript here: npm install -D esbuild, or write the steps in JavaScript");
  }
}

/**
 * The promise's value, if it comes in time.
 * @throws an Error that says so, if it does not
 */
export async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = withRejection();
  const timer = setTimeout(() => reject(new Error(`it did not end within ${milliseconds} ms`)), milliseconds);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

// Promise.withResolvers is not in Node 20.
function withRejection() {
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<never>((_, refuse) => {
    reject = refuse;
  });
  return { promise, reject };
}
