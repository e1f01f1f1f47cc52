import { expect, test } from "@playwright/test";
import {
  diagnosePage,
  diagnoseTimeout,
  type PageResponse,
} from "../../../src/simulator/session/connection-diagnosis.ts";

const host = "http://127.0.0.1:9026";
const app = "http://localhost:3000/";
const page = (headers: { [name: string]: string } = {}, status = 200): PageResponse => ({ status, headers });
const policy = (text: string) => page({ "content-security-policy": text });

const hint = "look for an error in the browser's console (for example, the browser may block storage in iframes)";
const loads = `the page loads, but does not instantiate the SDK; ${hint}`;
const certificate =
  "the browser may not trust the server's certificate; open the URL in a new tab and click through the warning (self-signed)";
const mixed = "the browser blocks http pages inside https pages (mixed content); serve the app over https";
const unknown = `the page does not load in an iframe, or does not instantiate the SDK; ${hint}`;
const options = (value: string) => `the header X-Frame-Options: ${value} forbids loading the page in an iframe`;

const table: [what: string, url: string, host: string, response: PageResponse | undefined, reason: string][] = [
  ["a page that allows iframes", app, host, page(), loads],
  ["a page on another machine, whose headers were not requested", "https://example.com/", host, undefined, unknown],
  [
    "an unreachable server",
    app,
    host,
    { error: "connect ECONNREFUSED" },
    "the request to the server failed: connect ECONNREFUSED",
  ],
  ["a missing page", app, host, page({}, 404), "the server answers with status 404"],
  ["a server error", app, host, page({}, 500), "the server answers with status 500"],
  [
    "a redirect",
    app,
    host,
    page({ location: "/login" }, 302),
    "the server redirects to /login; to change the app's URL, call setWidgetUrl instead",
  ],
  ["an https page", "https://localhost:9025/", host, page(), loads],
  [
    "an https page whose certificate Node does not trust",
    "https://localhost:9025/",
    host,
    { status: 200, headers: {}, untrusted: "self-signed" },
    certificate,
  ],
  [
    "an http page on another machine inside an https page",
    "http://example.com/",
    "https://localhost:9025",
    undefined,
    mixed,
  ],
  [
    "an http page on localhost inside an https page, which browsers allow",
    app,
    "https://localhost:9025",
    page(),
    loads,
  ],
  ["an http page on 127.0.0.1 inside an https page", "http://127.0.0.1:3000/", "https://localhost:9025", page(), loads],
  ["an http page on another machine inside an http page", "http://example.com/", host, undefined, unknown],
  ["X-Frame-Options: DENY", app, host, page({ "x-frame-options": "DENY" }), options("DENY")],
  [
    "X-Frame-Options: sameorigin on another origin",
    app,
    host,
    page({ "x-frame-options": "sameorigin" }),
    options("sameorigin"),
  ],
  ["X-Frame-Options: SAMEORIGIN on this origin", `${host}/app`, host, page({ "x-frame-options": "SAMEORIGIN" }), loads],
  ["an X-Frame-Options value that browsers do not know", app, host, page({ "x-frame-options": "ALLOWALL" }), loads],
  ["X-Frame-Options on a missing page", app, host, page({ "x-frame-options": "DENY" }, 404), options("DENY")],
  [
    "X-Frame-Options with frame-ancestors, which overrides it",
    app,
    host,
    page({ "x-frame-options": "DENY", "content-security-policy": `frame-ancestors ${host}` }),
    loads,
  ],
  [
    "X-Frame-Options with a policy without frame-ancestors",
    app,
    host,
    page({ "x-frame-options": "DENY", "content-security-policy": "default-src 'self'" }),
    options("DENY"),
  ],
  ["a policy without frame-ancestors", app, host, policy("default-src 'none'; frame-src 'none'"), loads],
];
for (const [what, url, host, response, reason] of table) {
  test(`explains a timeout (${what}): ${reason}`, () => {
    expect(diagnoseTimeout(url, host, response)).toBe(reason);
  });
}

const admitting = [
  "*",
  "http:",
  "http://127.0.0.1:9026",
  "http://127.0.0.1:9026/",
  "127.0.0.1:9026",
  "http://127.0.0.1:*",
  "127.0.0.1:*",
  "http://*:*",
  "http://*:9026",
  "'self' https://*.hubspot.com http://127.0.0.1:9026",
  "  https://app.hubspot.com   127.0.0.1:*  ",
];
const refusing = [
  "'none'",
  "'self'",
  "",
  "https:",
  "http://127.0.0.1",
  "127.0.0.1",
  "http://127.0.0.1:9025",
  "https://127.0.0.1:9026",
  "http://localhost:9026",
  "localhost:*",
  "*.hubspot.com",
  "https://*.hubspot.com https://*.hubspotqa.com",
  "127.0.0.1.example.com:9026",
];
for (const list of admitting) {
  test(`accepts the policy "frame-ancestors ${list}"`, () => {
    expect(diagnoseTimeout(app, host, policy(`frame-ancestors ${list}`))).toBe(loads);
    expect(diagnoseTimeout(app, host, policy(`default-src 'self'; FRAME-ANCESTORS ${list}; img-src *`))).toBe(loads);
    expect(diagnoseTimeout(app, host, policy(`frame-ancestors ${list}, default-src 'self'`)), "two policies").toBe(
      loads,
    );
  });
}
for (const list of refusing) {
  test(`reports the policy "frame-ancestors ${list}" as the reason for a timeout`, () => {
    const reason = `the page's Content-Security-Policy has frame-ancestors ${list}, which does not allow ${host}`;
    expect(diagnoseTimeout(app, host, policy(`frame-ancestors ${list}`))).toBe(reason);
    expect(diagnoseTimeout(app, host, policy(`default-src *; frame-ancestors ${list}; img-src *`))).toBe(reason);
    expect(diagnoseTimeout(app, host, policy(`frame-ancestors *, frame-ancestors ${list}`)), "two policies").toBe(
      reason,
    );
  });
}

test("accepts *.hubspot.com only for subdomains of hubspot.com", () => {
  const list = policy("frame-ancestors https://*.hubspot.com");
  expect(diagnoseTimeout("https://localhost:9025/", "https://app.hubspot.com", list)).toBe(loads);
  expect(diagnoseTimeout("https://localhost:9025/", "https://app.nothubspot.com", list)).toContain("does not allow");
  expect(diagnoseTimeout("https://localhost:9025/", "https://hubspot.com", list)).toContain("does not allow");
});

test("accepts 'self' if the app and HubSpot's page have the same origin", () => {
  expect(diagnoseTimeout(`${host}/app`, host, policy("frame-ancestors 'self'"))).toBe(loads);
});

const diagnoses: [what: string, response: PageResponse | undefined, mayAnswer: boolean | undefined][] = [
  ["a page that allows iframes", page(), undefined],
  ["a page whose headers were not requested", undefined, undefined],
  ["an unreachable server", { error: "the connection was refused (ECONNREFUSED)" }, false],
  ["an unknown host", { error: "the host's name is not known (ENOTFOUND)" }, false],
  ["a port that browsers block", { error: "browsers block its port (bad port)" }, false],
  ["a slow server", { error: "no answer within 3 s" }, undefined],
  ["an expired certificate, which the browser may trust anyway", { error: "its certificate has expired" }, undefined],
  ["a missing page, which may still be the app", page({}, 404), true],
  ["a redirect, which the browser follows", page({ location: "/login" }, 302), undefined],
  ["X-Frame-Options", page({ "x-frame-options": "DENY" }), false],
  ["frame-ancestors", policy("frame-ancestors 'none'"), false],
];
for (const [what, response, mayAnswer] of diagnoses) {
  test(`finds ${mayAnswer === undefined ? "no reason" : "a reason"} before the time limit: ${what}`, () => {
    expect(diagnosePage(app, host, response)?.mayAnswer).toBe(mayAnswer);
  });
}
