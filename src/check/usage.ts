// What the check cannot go on with, and says in one line: exit code 2.
export class UsageError extends Error {}
