// Lets the simulator's page notice when the app's page navigates to another origin.
import { isWebUrl } from "../http/web-url.ts";

/**
 * Returns a header for the simulator's page: a report-only policy that allows only the origin of `?app=` in a frame. The
 * policy blocks nothing, but the browser dispatches an event that names any other origin to which the frame navigates. The
 * page cannot learn that origin in any other way.
 * @param url the path and query of the simulator's page
 */
export function framePolicy(url: string): Record<string, string> {
  const base = "http://127.0.0.1";
  const app = URL.canParse(url, base) ? new URL(url, base).searchParams.get("app") : null;
  if (!isWebUrl(app)) return {};
  return { "content-security-policy-report-only": `frame-src ${new URL(app).origin}` };
}
