/** The arguments, a file or the environment is wrong. The message is one line: what is wrong, and what to do. */
export class UsageError extends Error {}
