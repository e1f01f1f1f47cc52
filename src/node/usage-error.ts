/** The arguments, a file or the environment is invalid. The one-line message says what is wrong and what to do. */
export class UsageError extends Error {}
