/** A command line, an option's file or the environment is wrong. The message is one line: what is wrong, and what to write. */
export class UsageError extends Error {}
