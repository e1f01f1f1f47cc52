import { crossSiteHeaders } from "../../http/cross-site.ts";
import { whyUnreachable } from "../../http/unreachable.ts";
import { asLocalhost, isWebUrl } from "../../http/web-url.ts";
import { fetchHeaders } from "../../node/local-https-fetch.ts";
import { UsageError } from "../../node/usage-error.ts";

const maxRedirects = 5;

/** `cookies` contains all Set-Cookie headers, including those from redirects. */
export type PageResponse = {
  status: number;
  headers: { [name: string]: string | undefined };
  cookies: string[];
};

/**
 * @returns the URL from which the simulator must load the app, and the response
 * @throws {UsageError} if the URL is not an http or https URL, or the server cannot be reached in time
 */
export async function reachApp(url: string, timeoutMs: number): Promise<{ app: string; response: PageResponse }> {
  if (!isWebUrl(url)) throw new UsageError(`"${url}" is not a web URL; use http://… or https://…`);
  const app = asLocalhost(url);
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return { app, response: await follow(app, signal, maxRedirects) };
  } catch (error) {
    throw new UsageError(`${app} cannot be reached: ${whyUnreachable(error, timeoutMs)}`);
  }
}

async function follow(
  url: string,
  signal: AbortSignal,
  redirectsLeft: number,
  cookiesBefore: readonly string[] = [],
): Promise<PageResponse> {
  const { response } = await fetchHeaders(url, { headers: crossSiteHeaders, redirect: "manual", signal });
  await response.body?.cancel();
  const { status, headers } = response;
  const cookies = [
    ...cookiesBefore,
    ...[...headers].flatMap(([name, value]) => (name === "set-cookie" ? [value] : [])),
  ];
  const next = new URL(headers.get("location") ?? url, url);
  const isFollowed = status >= 300 && status < 400 && next.origin === new URL(url).origin && redirectsLeft > 0;
  return isFollowed
    ? follow(next.href, signal, redirectsLeft - 1, cookies)
    : { status, headers: Object.fromEntries(headers), cookies };
}
