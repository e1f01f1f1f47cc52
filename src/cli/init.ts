import { constants, existsSync, readFileSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join, posix, relative, resolve, sep } from "node:path";
import * as v from "valibot";
import { errorText } from "../http/error-text.ts";
import { createCommandLine } from "../node/command-line.ts";
import { print } from "../node/print.ts";
import { UsageError } from "../node/usage-error.ts";
import { inPackage } from "../testing/in-package.ts";

const example = inPackage("../test/examples");

/**
 * Copies the example project, and prints what to do next. Never overwrites a file, and never rejects.
 * @param commandName the command as users type it
 * @returns the exit code. 0: copied, or help printed; 1: failure, for example an existing file; 2: usage error
 */
export async function init(args: string[], commandName: string): Promise<number> {
  try {
    let folder: string | undefined;
    const { program, parse } = createCommandLine(commandName);
    program
      .description("Copies an example project into a folder: a softphone with its tests. Never overwrites a file.")
      .argument("<folder>", "the folder to create")
      .helpOption("-h, --help", "print this help")
      .action((chosen: string) => {
        folder = chosen;
      });
    const help = parse(args);
    await print(folder === undefined ? (help ?? "") : await copyExample(folder));
    return 0;
  } catch (error) {
    console.error(errorText(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

async function copyExample(folder: string): Promise<string> {
  const names = await filesIn(example);
  const existing = names.filter((name) => existsSync(join(folder, name)));
  if (existing.length > 0) {
    throw new Error(`${folder} already contains ${existing.join(", ")}; choose a new or empty folder`);
  }
  for (const name of names) await copy(name, folder);
  const next = ["npm install", "npx playwright install chromium", "npm test"].map((line) => `  ${line}\n`).join("");
  return `Created a softphone in ${folder}. Next:\n\n  cd ${folder}\n${next}\nREADME.md in the folder describes the files.\n`;
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const isFile = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).isFile()));
  return names.filter((_, index) => isFile[index]).toSorted();
}

async function copy(name: string, folder: string): Promise<void> {
  const to = join(folder, name);
  await mkdir(dirname(to), { recursive: true });
  if (name === "package.json") await writeFile(to, await packageJson(folder), { flag: "wx" });
  else await copyFile(join(example, name), to, constants.COPYFILE_EXCL);
}

/** Returns the new project's package.json. If this package was installed from a file, the new project installs the same file. */
async function packageJson(folder: string): Promise<string> {
  const text = await readFile(join(example, "package.json"), "utf8");
  const file = installedFile();
  if (file === undefined) return text;
  const path = relative(resolve(folder), file).split(sep).join(posix.sep);
  return text.replace(/("hubspot-calling-app": )"[^"]*"/, (_, name: string) => `${name}"file:${path}"`);
}

const lock = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ packages: v.record(v.string(), v.object({ resolved: v.optional(v.string()) })) }),
);

function installedFile(): string | undefined {
  const modules = inPackage("../..");
  const file = join(modules, ".package-lock.json");
  const read = v.safeParse(lock, existsSync(file) ? readFileSync(file, "utf8") : "");
  const { resolved } = (read.success && read.output.packages["node_modules/hubspot-calling-app"]) || {};
  return resolved?.startsWith("file:") ? resolve(modules, "..", resolved.slice("file:".length)) : undefined;
}
