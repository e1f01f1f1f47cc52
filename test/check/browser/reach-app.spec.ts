import { expect, test } from "@playwright/test";
import { reachApp } from "../../../src/check/browser/reach-app.ts";
import { UsageError } from "../../../src/node/usage-error.ts";
import { freePorts } from "../../support/ports.ts";
import { serve } from "../../support/serve.ts";

test("replaces 127.0.0.1 (the simulator's site) with localhost, and follows a redirect within the app's origin", async () => {
  const url = await serve((request, response) => {
    if (request.url === "/") response.writeHead(302, { location: "/app", "set-cookie": "hop=1" });
    else response.writeHead(200, { "x-frame-options": "DENY" });
    response.end();
  });
  expect(await reachApp(url, 5000)).toEqual({
    app: `${url.replace("127.0.0.1", "localhost")}/`,
    response: { status: 200, cookies: ["hop=1"], headers: expect.objectContaining({ "x-frame-options": "DENY" }) },
  });
});

const badUrls: [url: string, reason: string, message: RegExp][] = [
  ["localhost:3000", "is not a web URL", /"localhost:3000" is not a web URL; use http:/],
  ["ftp://localhost/", "is not a web URL", /is not a web URL/],
  ["http://", "is not a web URL", /is not a web URL/],
  ["http://app.invalid/", "has an unknown host", /app\.invalid\/ cannot be reached: /],
];
for (const [url, reason, message] of badUrls) {
  test(`rejects ${url}, which ${reason}`, async () => {
    const error = await reachApp(url, 5000).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toHaveProperty("message", expect.stringMatching(message));
  });
}

test("rejects a URL whose server refuses the connection", async () => {
  const { PORT } = await freePorts();
  await expect(reachApp(`http://localhost:${PORT}/`, 5000)).rejects.toThrow(
    /cannot be reached: the connection was refused/,
  );
});

test("waits for a slow server, but not longer than the time limit", async () => {
  const slow = await serve((_request, response) => void setTimeout(() => response.end(), 3000));
  expect((await reachApp(slow, 60_000)).response.status).toBe(200);
  const url = await serve(() => {});
  await expect(reachApp(url, 1500)).rejects.toThrow(/cannot be reached: .*within 1\.5 s/);
});
