/** `at` is in milliseconds since 1970. */
export type Message = { at: number; from: "app" | "hubspot"; type: string; data?: unknown };
