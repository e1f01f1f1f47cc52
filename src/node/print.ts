/** Thrown when stdout cannot be written: the disk is full, or the pipe's reader has ended. */
export class PrintError extends Error {}

/**
 * Writes to stdout. Resolves when the text is written.
 * @throws {PrintError}
 */
export function print(text: string): Promise<void> {
  const { stdout } = process;
  return new Promise((resolve, reject) => {
    // Without a listener, the stream's error would end the process.
    const fail = (cause: Error) => reject(new PrintError(`stdout: cannot be written: ${cause.message}`, { cause }));
    stdout.once("error", fail);
    stdout.write(text, (error) => {
      if (error) return fail(error);
      stdout.off("error", fail);
      resolve();
    });
  });
}
