// Whether HubSpot may frame a page, by its address and its headers; and addresses at which there is nothing.
import { expect, test } from "@playwright/test";
import { framingFindings, reach } from "../../src/check/framing.ts";
import { UsageError } from "../../src/check/usage.ts";
import { freePorts } from "../support/ports.ts";
import { serve } from "../support/serve.ts";

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
  // Only one region's page may: the others' users see nothing.
  [local, 200, csp("frame-ancestors https://app.hubspot.com"), ["not-framed"]],
  [local, 200, { "x-frame-options": "DENY", ...csp("frame-ancestors https://*.hubspot.com") }, []],
];
for (const [url, status, headers, rules] of pages) {
  test(`${url} ${status} ${Object.values(headers).join("; ")}: ${rules.join(", ") || "nothing"}`, () => {
    expect(framingFindings(url, { status, headers }).map(({ rule }) => rule)).toEqual(rules);
  });
}

test("an app on 127.0.0.1, the simulator's own site, is framed as localhost; redirects of its own are followed", async () => {
  const url = await serve((request, response) => {
    if (request.url === "/") response.writeHead(302, { location: "/app" });
    else response.writeHead(200, { "x-frame-options": "DENY" });
    response.end();
  });
  expect(await reach(url)).toEqual({
    app: `${url.replace("127.0.0.1", "localhost")}/`,
    page: { status: 200, headers: expect.objectContaining({ "x-frame-options": "DENY" }) },
  });
});

const nowhere: [url: string, words: RegExp][] = [
  ["localhost:3000", /"localhost:3000" is no URL of a calling app: write http:/],
  ["ftp://localhost/", /is no URL of a calling app/],
  ["http://", /is no URL of a calling app/],
  ["http://app.invalid/", /app\.invalid\/ cannot be reached: /],
];
for (const [url, words] of nowhere) {
  test(`nothing is at ${url}`, async () => {
    const refusal = await reach(url).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UsageError);
    expect(refusal).toHaveProperty("message", expect.stringMatching(words));
  });
}

test("nothing listens there", async () => {
  const { PORT } = await freePorts();
  await expect(reach(`http://localhost:${PORT}/`)).rejects.toThrow(/cannot be reached: the connection was refused/);
});

test("a server that never answers is given up", async () => {
  const url = await serve(() => {});
  await expect(reach(url)).rejects.toThrow(/cannot be reached: no answer came within 2\.5 s/);
});
