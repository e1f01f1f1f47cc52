// Cookies that browsers do not send back to the app's server from HubSpot's iframe, and what the check reports about
// them.

import { whyLost } from "../../../src/check/browser/cookies.ts";
import { expect, test } from "../../support/check.ts";
import { serve as listen } from "../../support/serve.ts";
import { initialize, minimalApp, simulatorUrl } from "../../support/simulator.ts";

test.describe.configure({ timeout: 90_000 });

const lax = "has SameSite=Lax, so browsers never send it";
const missing = "has no SameSite, so Chrome treats it as SameSite=Lax";
const table: [header: string, reason: string | undefined][] = [
  ["session=1; Path=/; HttpOnly", missing],
  ["session=1; SameSite=Lax; Secure", lax],
  ["session=1; samesite=strict", "has SameSite=Strict, so browsers never send it"],
  ["session=1; SameSite=None", "has SameSite=None without Secure, so browsers reject it"],
  ["session=1; SameSite=None; Secure", "has SameSite=None without Partitioned"],
  ["session=a=b; SECURE; SameSite = None; Partitioned", undefined],
  ["session=1; SameSite=Lax; Max-Age=3600", lax],
  ["session=; Max-Age=0", undefined],
  ["session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", undefined],
  ["session=1; Expires=Fri, 01 Jan 2100 00:00:00 GMT", missing],
];
for (const [header, reason] of table) {
  const title = reason ? `reports the cookie "${header}": it ${reason}` : `does not report the cookie "${header}"`;
  test(title, () => {
    expect(whyLost(header) ?? "").toContain(reason ?? "");
    if (reason === undefined) expect(whyLost(header)).toBeUndefined();
    else expect(whyLost(header)).toMatch(/^the cookie session has /);
  });
}

/** An app that sends a request when its page loads. */
const app = `${minimalApp(initialize)}<script>fetch("/log-in", { method: "POST", credentials: "include" })</script>`;

test("the browser sends only cookies with SameSite=None from the app's frame", async ({ page }) => {
  const received: string[] = [];
  const url = await listen((request, response) => {
    if (request.method === "POST") received.push(...(request.headers.cookie ?? "").split("; "));
    const none = "SameSite=None; Secure";
    const cookies = ["lax=1; SameSite=Lax", "plain=1", `third=1; ${none}`, `partitioned=1; ${none}; Partitioned`];
    response.setHeader("set-cookie", cookies).setHeader("content-type", "text/html").end(app);
  });
  const isPosted = page.waitForResponse("**/log-in");
  await page.goto(`${simulatorUrl}?app=${url.replace("127.0.0.1", "localhost")}/`);
  await isPosted;
  expect(new Set(received)).toEqual(new Set(["partitioned=1", "third=1"]));
});

test("reports each lost cookie once, no matter how many responses set it", async ({ serve, checkApp }) => {
  let count = 0;
  const url = await serve((response) => {
    count += 1;
    const cookies = ["page=1; SameSite=Lax", "good=1; SameSite=None; Secure; Partitioned"];
    response.setHeader("set-cookie", count === 1 ? cookies : [...cookies, "login=1; HttpOnly"]);
    response.end(app);
  });
  const { report } = await checkApp(url, ["visibility"]);
  expect(report).toMatchObject({ result: "passed", errors: 0, warnings: 2 });
  const [framing] = report.scenarios;
  expect(framing?.findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
    `cookie-lost: the cookie page ${lax} from HubSpot's iframe`,
    `cookie-lost: the cookie login ${missing} and never sends it from HubSpot's iframe`,
  ]);
});
