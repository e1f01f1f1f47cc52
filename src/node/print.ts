/** Thrown when writing to stdout fails, for example because the disk is full or the pipe's reader has exited. */
export class PrintError extends Error {}

/** Resolves when the text has been written to stdout. Rejects with a PrintError if writing fails. */
export function print(text: string): Promise<void> {
  const { stdout } = process;
  return new Promise((resolve, reject) => {
    // Without a listener, the stream's error would end the process.
    const fail = (cause: Error) => reject(new PrintError(`cannot write to stdout: ${cause.message}`, { cause }));
    stdout.once("error", fail);
    stdout.write(text, (error) => {
      if (error) return fail(error);
      stdout.off("error", fail);
      resolve();
    });
  });
}
