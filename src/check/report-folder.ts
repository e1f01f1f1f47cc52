import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorText } from "../http/error-text.ts";
import { UsageError } from "../node/usage-error.ts";

/**
 * Creates the folder and writes a test file, so that a full disk or a missing permission shows up before the check starts.
 * Deletes the report of an earlier check, which could be mistaken for the new one.
 * @returns a function that writes the complete page or nothing
 * @throws {UsageError} the folder cannot be written; the returned function throws the same error
 */
export async function createReportWriter(folder: string): Promise<(html: string) => Promise<void>> {
  const page = join(folder, "index.html");
  const unfinished = join(folder, `.index-${process.pid}.html`);
  const write = async (html: string) => {
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(unfinished, html);
      await rename(unfinished, page);
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => {}); // The first error is more useful than this one.
      throw new UsageError(`--report ${folder}: the folder cannot be written: ${errorText(error)}`);
    }
  };
  await write("\n"); // An empty file fits even on a full disk.
  await rm(page, { force: true });
  return write;
}
