/** `at` is a Unix time in milliseconds. */
export type Message = { at: number; from: "app" | "hubspot"; type: string; data?: unknown };
