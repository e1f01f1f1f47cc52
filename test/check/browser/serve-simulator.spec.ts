import { serveSimulator } from "../../../src/check/browser/serve-simulator.ts";
import { ports } from "../../support/ports.ts";
import { acknowledge, expect, minimalApp, simulatorUrl, test } from "../../support/simulator.ts";

const initialize = `${acknowledge} post({ type: "INITIALIZED", data: { isLoggedIn: true, referrer: document.referrer } });`;

test("serves the simulator with the same headers as npm start, so that old SDKs can read HubSpot's origin from the referrer", async ({
  page,
  request,
  serve,
}) => {
  const check = await serveSimulator(`.serve/${ports.HTTP_PORT}`);
  try {
    const url = await serve((response) => response.end(minimalApp(initialize)));
    const headers: { [name: string]: string }[] = [];
    for (const simulator of [`${check.origin}/`, simulatorUrl]) {
      const { date: _, etag: __, ...rest } = (await request.get(simulator)).headers();
      headers.push(rest);
      await page.goto(`${simulator}?${new URLSearchParams({ app: url })}`, { waitUntil: "domcontentloaded" });
      await page.evaluate(() => window.hubspot.ready);
      const messages = await page.evaluate(() => window.hubspot.messages());
      expect(messages.find(({ type }) => type === "INITIALIZED")?.data).toMatchObject({ referrer: simulator });
    }
    expect(headers[0]).toEqual(headers[1]);
    expect(headers[0]).toMatchObject({ "referrer-policy": "strict-origin-when-cross-origin" });
  } finally {
    await check.close();
  }
});
