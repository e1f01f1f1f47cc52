// Where the result of a check goes: a page in a folder, and stdout. A full disk is said in one line.
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "./usage.ts";

/**
 * Makes the folder, and sees whether a page can be written there, before the app is asked for anything. The page of an
 * earlier check goes: nobody is to take it for this one's. Gives what writes the page, whole or not at all.
 * @throws a UsageError that names the folder and says why; so does what it gives.
 */
export async function openReport(folder: string): Promise<(html: string) => Promise<void>> {
  const page = join(folder, "index.html");
  const unfinished = join(folder, `.index-${process.pid}.html`);
  const write = async (html: string) => {
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(unfinished, html);
      await rename(unfinished, page);
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => {}); // of this there is less to say than of what went before
      throw new UsageError(`--report ${folder}: cannot be written: ${error instanceof Error ? error.message : error}`);
    }
  };
  await write("\n"); // a full disk takes an empty file
  await rm(page, { force: true }); // another check of the same folder may have been faster
  return write;
}

/**
 * Writes a text to stdout.
 * @throws a UsageError, when stdout does not take it: a full disk, or a pipe that nobody reads.
 */
export function print(text: string): Promise<void> {
  const { stdout } = process;
  return new Promise((written, failed) => {
    const refuse = ({ message }: Error) => failed(new UsageError(`stdout: cannot be written: ${message}`));
    stdout.once("error", refuse);
    stdout.write(text, (error) => {
      if (error) return refuse(error);
      stdout.off("error", refuse);
      written();
    });
  });
}
