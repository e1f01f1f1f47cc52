export class TimeLimitError extends Error {
  constructor(timeoutMs: number) {
    super(`not finished within ${timeoutMs} ms`);
    this.name = "TimeLimitError";
  }
}

/** @throws {TimeLimitError} if the promise does not settle in time */
export async function withTimeLimit<T>(timeoutMs: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeLimitError(timeoutMs)), timeoutMs);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
