/** Accepts only http and https, because a javascript: URL would run with the origin of the page around the iframe. */
export function isWebUrl(value: unknown): value is string {
  return typeof value === "string" && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

/** Replaces 127.0.0.1, the simulator's host, with localhost, which browsers treat as a different site. */
export function asLocalhost(url: string): string {
  const address = new URL(url);
  if (address.hostname === "127.0.0.1") address.hostname = "localhost";
  return address.href;
}
