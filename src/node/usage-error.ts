/** Thrown for a problem that the user must solve, for example an invalid argument. The message is one line. */
export class UsageError extends Error {}
