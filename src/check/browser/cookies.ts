// Finds cookies that some or all browsers do not send back to the app's server from HubSpot's iframe.
import type { Page } from "@playwright/test";
import { type Finding, finding } from "../report/findings.ts";

/** Collects the Set-Cookie headers that the app's host sends to the watched pages. */
export class CookieJar {
  readonly #host: string;
  readonly #headers: string[];

  /** @param headers Set-Cookie headers that are already known */
  constructor(app: string, headers: readonly string[]) {
    this.#host = new URL(app).hostname;
    this.#headers = [...headers];
  }

  watch(page: Page): void {
    page.on("response", async (response) => {
      if (new URL(response.url()).hostname !== this.#host) return;
      const headers = await response.headerValues("set-cookie").catch(() => []); // The page may already be closed.
      this.#headers.push(...headers);
    });
  }

  findings(): Finding[] {
    const messages = this.#headers.flatMap((header) => whyLost(header) ?? []);
    return [...new Set(messages)].map((message) => finding("cookie-lost", message));
  }
}

/**
 * Returns the reason why some or all browsers do not send the cookie back. Returns undefined if every browser sends it back, or
 * if the header deletes the cookie.
 */
export function whyLost(header: string): string | undefined {
  const [pair = "", ...rest] = header.split(";").map((text) => text.trim());
  const attributes = new Map(
    rest.map((text) => {
      const [name = "", value = ""] = text.split("=", 2);
      return [name.trim().toLowerCase(), value.trim().toLowerCase()];
    }),
  );
  if (isDeleted(attributes)) return undefined;
  const cookie = `the cookie ${pair.split("=", 1)[0]}`;
  const sameSite = attributes.get("samesite");
  if (sameSite === "lax" || sameSite === "strict") {
    return `${cookie} has SameSite=${sameSite === "lax" ? "Lax" : "Strict"}, so browsers never send it from HubSpot's iframe`;
  }
  if (sameSite !== "none")
    return `${cookie} has no SameSite, so Chrome treats it as SameSite=Lax and never sends it from HubSpot's iframe`;
  if (!attributes.has("secure")) return `${cookie} has SameSite=None without Secure, so browsers reject it`;
  if (attributes.has("partitioned")) return undefined;
  return `${cookie} has SameSite=None without Partitioned, so only browsers that allow third-party cookies send it back`;
}

function isDeleted(attributes: ReadonlyMap<string, string>): boolean {
  const maxAge = attributes.get("max-age");
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  return Date.parse(attributes.get("expires") ?? "") <= Date.now();
}
