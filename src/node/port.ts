export const portRule = "a whole number from 1 to 65535, or 0 for any free port";

export function parsePort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) < 65536 ? Number(text) : undefined;
}
