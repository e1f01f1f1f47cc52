import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorText } from "../http/error-text.ts";
import { UsageError } from "../node/usage-error.ts";

/**
 * Creates the folder and writes a test file, to detect a full disk or missing permissions before the check starts.
 * Deletes any earlier report, which could be mistaken for the new one.
 * @returns a function that writes either the complete page or nothing
 * @throws {UsageError} if the folder is not writable; the returned function can throw the same error
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
      await rm(unfinished, { force: true }).catch(() => {}); // The original error is more useful.
      throw new UsageError(`--report ${folder}: cannot write to the folder: ${errorText(error)}`);
    }
  };
  await write("\n"); // An empty file would fit on a full disk.
  await rm(page, { force: true });
  return write;
}
