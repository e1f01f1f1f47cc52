// Completes the address that a user enters, and stores recent URLs. Does not use the DOM.
import * as v from "valibot";
import { isLoopback } from "../../../http/loopback.ts";
import { isWebUrl } from "../../../http/web-url.ts";
import type { PageStorage } from "../common/page-storage.ts";

const key = "recent apps";
const maxRecent = 5;

/**
 * Completes the address that a user enters: `localhost:3000` and `:3000` mean http://localhost:3000/, and `app.example`
 * means https://app.example/. Returns undefined for text that is not an address.
 */
export function appUrlOf(text: string): string | undefined {
  const entered = text.trim();
  const isComplete: boolean = isWebUrl(entered);
  if (isComplete) return new URL(entered).href;
  const address = entered.startsWith(":") ? `localhost${entered}` : entered;
  const [, host = "", port = ""] = /^([a-z\d.-]+|\[::1\])(:\d+)?(?=[/?#]|$)/i.exec(address) ?? [];
  if (!host.includes(".") && !port) return undefined;
  const url = `${isLoopback(host.toLowerCase()) ? "http" : "https"}://${address}`;
  return isWebUrl(url) ? new URL(url).href : undefined;
}

/** Returns the recent app URLs that the user entered or that a link contained, newest first. */
export function recentApps(storage: PageStorage): string[] {
  const stored = v.safeParse(v.pipe(v.string(), v.parseJson(), v.array(v.string())), storage.getItem(key));
  return stored.success ? stored.output.filter(isWebUrl).slice(0, maxRecent) : [];
}

export function addRecentApp(storage: PageStorage, url: string): void {
  const others = recentApps(storage).filter((other) => other !== url);
  storage.setItem(key, JSON.stringify([url, ...others].slice(0, maxRecent)));
}
