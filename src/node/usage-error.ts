/** Thrown when an argument, a file or an environment variable is invalid. The one-line message says how to fix it. */
export class UsageError extends Error {}
