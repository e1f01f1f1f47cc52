// Lets the simulator's page notice that the app's page navigates to another origin.
import { isWebUrl } from "../http/web-url.ts";

/**
 * Returns the header for the simulator's page: a policy that allows only the origin of `?app=` in a frame. It blocks
 * nothing. The browser only dispatches an event for each other origin, which a page cannot find out otherwise.
 * @param url path and query of the simulator's page
 */
export function framePolicy(url: string): Record<string, string> {
  const base = "http://127.0.0.1";
  const app = URL.canParse(url, base) ? new URL(url, base).searchParams.get("app") : null;
  if (!isWebUrl(app)) return {};
  return { "content-security-policy-report-only": `frame-src ${new URL(app).origin}` };
}
