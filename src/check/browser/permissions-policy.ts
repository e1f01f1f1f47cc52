/**
 * Returns the header's value for the microphone if that value blocks the microphone for the page's own origin.
 * @param header a structured-field dictionary, for example `camera=(), microphone=(self "https://example.com")`
 */
export function blockedMicrophone(header: string, origin: string): string | undefined {
  // If the header contains a feature twice, the last value counts.
  const value = [...header.matchAll(/(?:^|,)\s*microphone\s*=\s*(\([^)]*\)|[^\s,;]+)/g)].at(-1)?.[1];
  if (value === undefined) return undefined;
  const allowed = value.replace(/[()]/g, " ").split(/\s+/);
  return allowed.some((item) => ["*", "self", `"${origin}"`].includes(item)) ? undefined : value;
}
