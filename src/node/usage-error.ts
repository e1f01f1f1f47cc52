/** Thrown when an argument, a file or an environment variable is invalid. The one-line message says what to do. */
export class UsageError extends Error {}
