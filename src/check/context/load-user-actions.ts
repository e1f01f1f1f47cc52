import { access, rm, writeFile } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { errorText } from "../../http/error-text.ts";
import { importPackage } from "../../node/project-packages.ts";
import { UsageError } from "../../node/usage-error.ts";
import { withTimeLimit } from "../browser/time-limit.ts";
import { isUserActionName, type UserAction, type UserActions, userActionNames } from "./user-actions.ts";

/**
 * @param timeoutMs time limit for loading the file, including its top-level code
 * @throws {UsageError} if the file is missing, fails to load, or has invalid exports; the message contains the path
 */
export async function loadUserActions(path: string, timeoutMs: number): Promise<UserActions> {
  const file = resolve(path);
  await access(file).catch(() => {
    throw new UsageError(`--user-actions ${path}: the file does not exist`);
  });
  const exports = await withTimeLimit(timeoutMs, importFile(file)).catch((error: unknown) => {
    throw new UsageError(`--user-actions ${path}: ${errorText(error)}`);
  });
  return readExports(exports, path);
}

function readExports(exports: Record<string, unknown>, path: string): UserActions {
  const known = userActionNames.join(", ");
  const unknown = Object.keys(exports).filter((name) => !isUserActionName(name) && name !== "default");
  if (unknown.length > 0 || "default" in exports) {
    const wrong = unknown.length > 0 ? `unknown export ${unknown.join(", ")}` : "unexpected default export";
    throw new UsageError(`--user-actions ${path}: ${wrong}; export only ${known}`);
  }
  const actions: UserActions = {};
  for (const name of userActionNames) {
    const action = exports[name];
    if (action === undefined) continue;
    if (!isUserAction(action)) {
      throw new UsageError(`--user-actions ${path}: ${name} has type ${typeof action}; export a function`);
    }
    actions[name] = action;
  }
  if (Object.keys(actions).length === 0) {
    throw new UsageError(`--user-actions ${path}: the file exports nothing; export at least one of ${known}`);
  }
  return actions;
}

function isUserAction(value: unknown): value is UserAction {
  return typeof value === "function";
}

async function importFile(file: string): Promise<Record<string, unknown>> {
  if (![".ts", ".mts"].includes(extname(file))) return import(pathToFileURL(file).href);
  const esbuild = await importPackage(["esbuild"], file);
  return hasBuild(esbuild) ? importBundled(file, esbuild.build) : importTypeScript(file);
}

type Build = (options: object) => Promise<{ outputFiles: { contents: Uint8Array }[] }>;

function hasBuild(module: unknown): module is { build: Build } {
  return typeof module === "object" && module !== null && "build" in module;
}

async function importBundled(file: string, build: Build): Promise<Record<string, unknown>> {
  // Node resolves imports from the bundle's folder, so the bundle must be next to the original file.
  const outfile = join(dirname(file), `.user-actions-${process.pid}-${Date.now()}.mjs`);
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

/** Node 22.18 and later strip types. */
async function importTypeScript(file: string): Promise<Record<string, unknown>> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_UNKNOWN_FILE_EXTENSION")) throw error;
    throw new Error("this version of Node cannot run TypeScript; run npm install -D esbuild, or use a JavaScript file");
  }
}
