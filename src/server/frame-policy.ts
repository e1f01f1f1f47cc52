// Lets the simulator's page notice when the app's page navigates to another origin.
import { isWebUrl } from "../http/web-url.ts";

/**
 * Returns a header for the simulator's page: a report-only policy that lets frames load only the origin of the `?app=`
 * URL. The policy blocks nothing, but if the frame navigates to a different origin, the browser dispatches an event that
 * names that origin. The page cannot learn the origin in any other way.
 * @param url the path and query of the page's URL
 */
export function framePolicy(url: string): Record<string, string> {
  const base = "http://127.0.0.1";
  const app = URL.canParse(url, base) ? new URL(url, base).searchParams.get("app") : null;
  if (!isWebUrl(app)) return {};
  return { "content-security-policy-report-only": `frame-src ${new URL(app).origin}` };
}
