// URLs of pages that a frame can show.

/** Whether a frame can load it: other URLs may be scripts. */
export function isWebUrl(value: unknown): value is string {
  return typeof value === "string" && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

/** The same URL with localhost for 127.0.0.1. The simulator is on 127.0.0.1: to it, localhost is another site. */
export function asLocalhost(url: string): string {
  const address = new URL(url);
  if (address.hostname === "127.0.0.1") address.hostname = "localhost";
  return address.href;
}
