import { expect, test } from "@playwright/test";
import { framingFindings } from "../../../src/check/browser/framing.ts";

const local = "http://localhost:3000/";
const csp = (value: string) => ({ "content-security-policy": value });

const pages: [url: string, status: number, headers: Record<string, string>, rules: string[]][] = [
  [local, 200, {}, []],
  ["https://app.example/", 200, {}, []],
  ["http://app.example/", 200, {}, ["not-secure"]],
  [local, 404, {}, []],
  [local, 302, { location: "https://login.example/" }, ["not-framed"]],
  [local, 200, { "x-frame-options": "DENY" }, ["not-framed"]],
  [local, 200, { "x-frame-options": "SAMEORIGIN" }, ["not-framed"]],
  [local, 200, csp("frame-ancestors https://*.hubspot.com"), []],
  [local, 200, csp("frame-ancestors 'none'"), ["not-framed"]],
  // Only one HubSpot region can load the app.
  [local, 200, csp("frame-ancestors https://app.hubspot.com"), ["not-framed"]],
  [local, 200, { "permissions-policy": "microphone=(), camera=()" }, ["no-microphone"]],
  [local, 200, { "permissions-policy": 'camera=(self), microphone=("https://app.hubspot.com")' }, ["no-microphone"]],
  [local, 200, { "permissions-policy": "microphone=*, microphone=()" }, ["no-microphone"]],
  [local, 200, { "permissions-policy": "microphone=(self), geolocation=()" }, []],
  [local, 200, { "permissions-policy": 'microphone=("http://localhost:3000" "https://app.hubspot.com")' }, []],
  [local, 200, { "permissions-policy": "microphone=*" }, []],
  [local, 200, { "permissions-policy": "microphone=self" }, []],
  [local, 200, { "permissions-policy": "camera=(), speaker-selection=()" }, []],
  [local, 200, { "x-frame-options": "DENY", ...csp("frame-ancestors https://*.hubspot.com") }, []],
];
for (const [url, status, headers, rules] of pages) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const response = [url, `status ${status}`, ...lines].join(", ");
  test(`reports ${rules.join(", ") || "no findings"} for ${response}`, () => {
    expect(framingFindings(url, { status, headers }).map(({ rule }) => rule)).toEqual(rules);
  });
}
