// Calls the app's `phoneNumbers`, which may return anything, or never return.
import * as v from "valibot";
import type { PhoneNumber } from "./phone-numbers.ts";

/** Thrown when `phoneNumbers` does not return a valid list in time. The one-line message is for the log. */
export class LookupError extends Error {
  readonly status: 500 | 504;

  constructor(message: string, status: 500 | 504) {
    super(message);
    this.status = status;
  }
}

const text = v.string("must be a string");
const numbersSchema = v.array(
  v.looseObject({ e164PhoneNumber: text, friendlyName: text, extension: v.optional(text) }, "must be an object"),
);
const example = '[{ e164PhoneNumber: "+12025550100", friendlyName: "Main line" }]';

/**
 * Calls `lookUp`, and returns its numbers if they are valid.
 * @throws {LookupError} or any error from `lookUp`
 */
export async function lookUpNumbers(lookUp: () => unknown, timeoutMs: number): Promise<PhoneNumber[]> {
  const numbers = await withTimeLimit(lookUp, timeoutMs);
  const { success, output, issues } = v.safeParse(numbersSchema, numbers);
  if (success) return output;
  const [issue] = issues;
  const problem = issue.path
    ? `an invalid list (element ${v.getDotPath(issue)?.replace(".", ": ")} ${issue.message})`
    : `${describe(numbers)}, not a list`;
  throw new LookupError(`phoneNumbers returned ${problem}; return ${example}, or [] if the user has no number`, 500);
}

async function withTimeLimit(lookUp: () => unknown, timeoutMs: number): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const message = `phoneNumbers did not return within ${timeoutMs} ms; make it faster, or increase timeoutMs`;
    timer = setTimeout(() => reject(new LookupError(message, 504)), timeoutMs);
  });
  try {
    return await Promise.race([lookUp(), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return `${value}`;
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
