import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errorText } from "../../http/error-text.ts";
import { UsageError } from "../../node/usage-error.ts";

/** Writes a report file. Does not delete or overwrite a file that the check did not write, unless the file is empty. */
export class OutputFile {
  readonly #path: string;
  readonly #start: RegExp;
  readonly #option: string;

  /**
   * @param start pattern that matches the beginning of every report of this kind
   * @param option the option as the user wrote it, for error messages
   */
  constructor(path: string, start: RegExp, option: string) {
    this.#path = path;
    this.#start = start;
    this.#option = option;
  }

  /**
   * Checks the path without changing anything.
   * @throws {UsageError} if the path is a folder, or a file that the check did not write
   */
  async inspect(): Promise<void> {
    const problem = await this.#orUsageError(() => whyNotOurs(this.#path, this.#start));
    if (problem) throw new UsageError(`${this.#option}: ${this.#path} ${problem}; choose another name`);
  }

  /**
   * Creates the folder, and deletes an earlier report, because a reader could mistake it for the new one. Also writes and
   * deletes a temporary file, to detect a full disk or missing permissions before the scenarios run.
   * @throws {UsageError} if `inspect` throws one, or if the folder is not writable
   */
  async prepare(): Promise<void> {
    await this.inspect();
    if (await isDevice(this.#path)) return;
    await this.#orUsageError(async () => {
      await mkdir(dirname(this.#path), { recursive: true });
      await withUnfinished(this.#path, "\n", async () => {}); // An empty file would fit even on a full disk.
      if (await statOf(this.#path)) await rm(this.#path);
    });
  }

  /**
   * Writes either the whole text or nothing, except to a device.
   * @throws {UsageError} if the file cannot be written
   */
  async write(text: string): Promise<void> {
    await this.prepare();
    if (await isDevice(this.#path)) return this.#orUsageError(() => writeFile(this.#path, text));
    await this.#orUsageError(() =>
      withUnfinished(this.#path, text, (unfinished) => copyFile(unfinished, this.#path, constants.COPYFILE_EXCL)),
    );
  }

  async #orUsageError<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw new UsageError(`${this.#option}: cannot write ${this.#path}: ${errorText(error)}`);
    }
  }
}

async function whyNotOurs(path: string, start: RegExp): Promise<string | undefined> {
  const stats = await statOf(path);
  if (stats?.isDirectory()) return "is a folder";
  if (!stats?.isFile()) return undefined;
  const text = (await readFile(path, "utf8")).slice(0, 500);
  return text === "" || start.test(text) ? undefined : "exists, and the check did not write it";
}

/** Devices and pipes, for example /dev/stdout, cannot be replaced, and reading from them could block forever. */
async function isDevice(path: string): Promise<boolean> {
  const stats = await statOf(path);
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

async function statOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Writes the text to a temporary file in the same folder, calls `use`, and deletes the temporary file. */
async function withUnfinished(path: string, text: string, use: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}-${randomUUID()}`);
  try {
    await writeFile(unfinished, text);
    await use(unfinished);
  } finally {
    await rm(unfinished, { force: true }).catch(() => {}); // An earlier error is more useful.
  }
}
