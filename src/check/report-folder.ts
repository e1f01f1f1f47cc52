// The folder of --report, with the HTML page in it.
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorText } from "../http/error-text.ts";
import { UsageError } from "../node/usage-error.ts";

/**
 * Makes the folder, and tries to write there before the check begins. Deletes the page of an earlier check, which could
 * be taken for this one's.
 * @returns a function that writes the page, whole or not at all
 * @throws a UsageError that names the folder and says why; so does the function
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
      await rm(unfinished, { force: true }).catch(() => {}); // the first error says more than this one
      throw new UsageError(`--report ${folder}: cannot be written: ${errorText(error)}`);
    }
  };
  await write("\n"); // a full disk takes an empty file
  await rm(page, { force: true }); // another check of the same folder may have been faster
  return write;
}
