// Where the fixture loads the app from, and how its options reach the simulator.
import { loadSimulator } from "../../src/testing/load-simulator.ts";
import type { HubspotOptions } from "../../src/testing/options.ts";
import { expect, initialize, minimalApp, silentApp, simulatorUrl, test } from "../support/simulator.ts";

const options: HubspotOptions = {
  app: undefined,
  iframeLocation: undefined,
  usesCallingWindow: undefined,
  session: {},
  answers: {},
};

test("loads an app at 127.0.0.1 from localhost, so that the app and the simulator are different sites, and passes the delays in `answers` to the simulator", async ({
  page,
  serve,
}) => {
  const hosts: (string | undefined)[] = [];
  const app = await serve((response) => {
    hosts.push(response.req.headers.host);
    response.end(minimalApp(initialize));
  }, "127.0.0.1");
  const answers = { OUTGOING_CALL_STARTED: { how: "succeed", delay: 500 } } as const;
  await loadSimulator(page, simulatorUrl, { ...options, app, answers });
  expect(hosts).toContain(app.replace(/^http:\/\/127\.0\.0\.1(:\d+)\/$/, "localhost$1"));
  const reply = () => new URL(page.url()).searchParams.get("reply.OUTGOING_CALL_STARTED");
  await expect.poll(reply).toBe("succeed,500");
});

test("rejects if the app is not ready within the session's time limit", async ({ page, serve }) => {
  const app = await serve((response) => response.end(silentApp));
  const loaded = loadSimulator(page, simulatorUrl, { ...options, app, session: { timeout: 1 } });
  await expect(loaded).rejects.toThrow("within 1 ms");
});
