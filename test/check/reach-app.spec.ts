// Asks the app's server for its page; addresses at which there is nothing are wrong usage.
import { expect, test } from "@playwright/test";
import { reachApp } from "../../src/check/reach-app.ts";
import { UsageError } from "../../src/node/usage-error.ts";
import { freePorts } from "../support/ports.ts";
import { serve } from "../support/serve.ts";

test("changes 127.0.0.1, the simulator's own site, to localhost, and follows redirects within the app's origin", async () => {
  const url = await serve((request, response) => {
    if (request.url === "/") response.writeHead(302, { location: "/app" });
    else response.writeHead(200, { "x-frame-options": "DENY" });
    response.end();
  });
  expect(await reachApp(url)).toEqual({
    app: `${url.replace("127.0.0.1", "localhost")}/`,
    response: { status: 200, headers: expect.objectContaining({ "x-frame-options": "DENY" }) },
  });
});

const nowhere: [url: string, words: RegExp][] = [
  ["localhost:3000", /"localhost:3000" is no URL of a calling app: write http:/],
  ["ftp://localhost/", /is no URL of a calling app/],
  ["http://", /is no URL of a calling app/],
  ["http://app.invalid/", /app\.invalid\/ cannot be reached: /],
];
for (const [url, words] of nowhere) {
  test(`rejects ${url}`, async () => {
    const refusal = await reachApp(url).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UsageError);
    expect(refusal).toHaveProperty("message", expect.stringMatching(words));
  });
}

test("rejects a port on which nothing listens", async () => {
  const { PORT } = await freePorts();
  await expect(reachApp(`http://localhost:${PORT}/`)).rejects.toThrow(/cannot be reached: the connection was refused/);
});

test("gives up a server that never answers", async () => {
  const url = await serve(() => {});
  await expect(reachApp(url)).rejects.toThrow(/cannot be reached: no answer came within 2\.5 s/);
});
