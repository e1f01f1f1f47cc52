import { expect, test } from "@playwright/test";
import { hindranceOf, reasonFor, type Seen } from "../../../src/simulator/session/connection-diagnosis.ts";

const host = "http://127.0.0.1:9026";
const app = "http://localhost:3000/";
const page = (headers: { [name: string]: string } = {}, status = 200): Seen => ({ status, headers });
const policy = (text: string) => page({ "content-security-policy": text });

const loads = "it loads, but does not instantiate the SDK";
const certificate = "its certificate may not be trusted: open it once in a tab of its own (self-signed)";
const mixed = "the browser blocks http inside https (mixed content)";
const unseen = "the page does not load in a frame, or does not instantiate the SDK; the browser's console tells";
const options = (value: string) => `it is served with X-Frame-Options: ${value}`;

const table: [what: string, url: string, host: string, seen: Seen | undefined, reason: string][] = [
  ["a page that may be framed", app, host, page(), loads],
  ["a page elsewhere, which was not asked", "https://example.com/", host, undefined, unseen],
  ["no server", app, host, { error: "connect ECONNREFUSED" }, "its server does not answer: connect ECONNREFUSED"],
  ["a missing page", app, host, page({}, 404), "its server answers 404"],
  ["a broken server", app, host, page({}, 500), "its server answers 500"],
  [
    "a redirect",
    app,
    host,
    page({ location: "/login" }, 302),
    "it redirects to /login; only the page itself may, by setWidgetUrl",
  ],
  ["https", "https://localhost:9025/", host, page(), loads],
  [
    "https that Node does not trust",
    "https://localhost:9025/",
    host,
    { status: 200, headers: {}, untrusted: "self-signed" },
    certificate,
  ],
  ["http from elsewhere in https", "http://example.com/", "https://localhost:9025", undefined, mixed],
  ["http from here in https, which browsers let pass", app, "https://localhost:9025", page(), loads],
  ["http from this address in https", "http://127.0.0.1:3000/", "https://localhost:9025", page(), loads],
  ["http from elsewhere in http", "http://example.com/", host, undefined, unseen],
  ["X-Frame-Options: DENY", app, host, page({ "x-frame-options": "DENY" }), options("DENY")],
  ["X-Frame-Options of another origin", app, host, page({ "x-frame-options": "sameorigin" }), options("sameorigin")],
  ["X-Frame-Options of this origin", `${host}/app`, host, page({ "x-frame-options": "SAMEORIGIN" }), loads],
  ["X-Frame-Options that browsers do not know", app, host, page({ "x-frame-options": "ALLOWALL" }), loads],
  ["X-Frame-Options of a missing page", app, host, page({ "x-frame-options": "DENY" }, 404), options("DENY")],
  [
    "X-Frame-Options beside frame-ancestors, which counts alone",
    app,
    host,
    page({ "x-frame-options": "DENY", "content-security-policy": `frame-ancestors ${host}` }),
    loads,
  ],
  [
    "X-Frame-Options beside a policy without frame-ancestors",
    app,
    host,
    page({ "x-frame-options": "DENY", "content-security-policy": "default-src 'self'" }),
    options("DENY"),
  ],
  ["a policy without frame-ancestors", app, host, policy("default-src 'none'; frame-src 'none'"), loads],
];
for (const [what, url, host, seen, reason] of table) {
  test(`the reason: ${what}`, () => {
    expect(reasonFor(url, host, seen)).toBe(reason);
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
  test(`frame-ancestors ${list} admits the simulator`, () => {
    expect(reasonFor(app, host, policy(`frame-ancestors ${list}`))).toBe(loads);
    expect(reasonFor(app, host, policy(`default-src 'self'; FRAME-ANCESTORS ${list}; img-src *`))).toBe(loads);
    expect(reasonFor(app, host, policy(`frame-ancestors ${list}, default-src 'self'`)), "two policies").toBe(loads);
  });
}
for (const list of refusing) {
  test(`frame-ancestors ${list} does not admit the simulator`, () => {
    const reason = `its Content-Security-Policy has frame-ancestors ${list}, which does not admit ${host}`;
    expect(reasonFor(app, host, policy(`frame-ancestors ${list}`))).toBe(reason);
    expect(reasonFor(app, host, policy(`default-src *; frame-ancestors ${list}; img-src *`))).toBe(reason);
    expect(reasonFor(app, host, policy(`frame-ancestors *, frame-ancestors ${list}`)), "two policies").toBe(reason);
  });
}

test("*.hubspot.com admits HubSpot's own pages, and no other's", () => {
  const list = policy("frame-ancestors https://*.hubspot.com");
  expect(reasonFor("https://localhost:9025/", "https://app.hubspot.com", list)).toBe(loads);
  expect(reasonFor("https://localhost:9025/", "https://app.nothubspot.com", list)).toContain("does not admit");
  expect(reasonFor("https://localhost:9025/", "https://hubspot.com", list)).toContain("does not admit");
});

test("'self' admits the page's own origin", () => {
  expect(reasonFor(`${host}/app`, host, policy("frame-ancestors 'self'"))).toBe(loads);
});

const hindrances: [what: string, seen: Seen | undefined, mayAnswer: boolean | undefined][] = [
  ["a page that may be framed", page(), undefined],
  ["a page that was not asked", undefined, undefined],
  ["no server", { error: "the connection was refused (ECONNREFUSED)" }, false],
  ["no such host", { error: "the host's name is not known (ENOTFOUND)" }, false],
  ["a port that browsers block", { error: "browsers block its port (bad port)" }, false],
  ["a server that takes its time", { error: "no answer came within 3 s" }, undefined],
  ["a certificate, which the browser may trust", { error: "its certificate has expired" }, undefined],
  ["a missing page, which may be the app all the same", page({}, 404), true],
  ["a redirect, which the browser follows", page({ location: "/login" }, 302), undefined],
  ["X-Frame-Options", page({ "x-frame-options": "DENY" }), false],
  ["frame-ancestors", policy("frame-ancestors 'none'"), false],
];
for (const [what, seen, mayAnswer] of hindrances) {
  test(`known before it was waited for: ${what}, ${mayAnswer === undefined ? "no" : "yes"}`, () => {
    expect(hindranceOf(app, host, seen)?.mayAnswer).toBe(mayAnswer);
  });
}
