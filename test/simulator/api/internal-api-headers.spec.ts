// The requests that the server sends for the simulator's page: to an app's numbers webhook, and to
// pages whose headers it reads.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { loadCertificate } from "../../../src/server/certificate.ts";
import { createRequestListener } from "../../../src/server/fetch-adapter.ts";
import { createWebhook } from "../../../src/webhook/webhook.ts";
import { openPage as open, secret, stamped as stamps } from "../../support/open-api.ts";
import { serve } from "../../support/serve.ts";

test.describe("a request for an app's numbers", () => {
  const ids = { appId: 123, portalId: 456, userId: 789 };

  test("returns the numbers from the app's webhook", async () => {
    let url = "";
    const phoneNumbers = () => [{ e164PhoneNumber: "+12025550100", friendlyName: "Main line" }];
    url = `${await serve(createRequestListener((request) => createWebhook({ url, secret, phoneNumbers })(request)))}/webhook`;
    const { send } = open({ apps: { 123: { channelConnection: { url, isReady: false, ...stamps } } }, calls: {} });
    const { status, body } = await send("POST", "/simulator/numbers", { body: ids });
    expect([status, body.problems]).toEqual([200, []]);
    expect(body.numbers).toEqual([{ ...phoneNumbers()[0], shownName: "Main line", selectable: true }]);
    expect(body.request.url).toBe(url);
    expect(JSON.stringify(body)).not.toContain(secret);
  });

  test("gets 404 for an app without a webhook, and 400 for an invalid appId", async () => {
    const { send } = open({ apps: { 123: {} }, calls: {} });
    for (const appId of [123, 124]) {
      const { status, body } = await send("POST", "/simulator/numbers", { body: { ...ids, appId } });
      expect([status, body.message]).toEqual([404, expect.stringContaining("channel-connection create")]);
    }
    for (const appId of ["123", 0, null, "__proto__"]) {
      expect((await send("POST", "/simulator/numbers", { body: { ...ids, appId } })).status).toBe(400);
    }
  });
});

test("does not cause a request loop if the simulator is registered as the webhook", async () => {
  let requestCount = 0;
  const { api, store } = open();
  const address = await serve(
    createRequestListener((request) => {
      requestCount++;
      return api(request);
    }),
  );
  const url = `${address}/simulator/numbers`;
  await store.set({ apps: { 123: { channelConnection: { url, isReady: true, ...stamps } } }, calls: {} });
  const ids = { appId: 123, portalId: 456, userId: 789 };
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(ids),
    signal: AbortSignal.timeout(60_000),
  });
  expect((await answer.json()).problems).toEqual(["403: send status 200"]);
  expect(requestCount).toBe(2);
});

test.describe("the headers", () => {
  const headersOf = (url: string) => open().send("GET", `/simulator/headers?${new URLSearchParams({ url })}`);

  test("of a page on this machine are returned, and redirects are not followed", async () => {
    let closed = 0;
    const sites = new Set<unknown>();
    const url = await serve((message, response) => {
      response.on("close", () => closed++);
      sites.add(message.headers["sec-fetch-site"]);
      if (message.url === "/away") response.writeHead(302, { location: "/" }).end();
      else
        response
          .writeHead(200, { "x-frame-options": "DENY", "content-security-policy": "frame-ancestors 'none'" })
          .write("…");
    });
    const { body } = await headersOf(url);
    expect(body).toMatchObject({
      status: 200,
      headers: { "x-frame-options": "DENY", "content-security-policy": "frame-ancestors 'none'" },
    });
    expect((await headersOf(`${url}/away`)).body).toMatchObject({ status: 302, headers: { location: "/" } });
    await expect.poll(() => closed).toBe(2);
    // A browser sends this value for an iframe on another site.
    expect([...sites]).toEqual(["cross-site"]);
  });

  test("are not returned for an invalid URL or for a page on another machine", async () => {
    const elsewhere = ["https://example.com/", "http://0.0.0.0/", "http://[::]/", "http://localhost.example.com/"];
    for (const url of [...elsewhere, "http://10.0.0.1/", "http://127.0.0.1@example.com/", "file:///etc", "", "x"]) {
      const { status, body } = await headersOf(url);
      expect([status, body.errors[0].in], url).toEqual([400, "url"]);
    }
  });

  test("are returned with an explanation if Node does not trust the certificate", async () => {
    const folder = mkdtempSync(join(tmpdir(), "page-api-"));
    try {
      const secure = await serve(
        (_, response) => void response.writeHead(200, { "x-frame-options": "DENY" }).write("…"),
        await loadCertificate(folder),
      );
      const headers = expect.objectContaining({ "x-frame-options": "DENY" });
      const untrusted = expect.stringContaining("certificate is not trusted");
      expect((await headersOf(secure)).body).toEqual({ status: 200, headers, untrusted });
    } finally {
      rmSync(folder, { recursive: true });
    }
    const plain = await serve((_, response) => void response.end());
    expect((await headersOf(plain)).body.untrusted).toBeUndefined();
  });

  test("are replaced by an error message if the request fails", async () => {
    const broken = await serve(({ socket }) => void socket.destroy());
    expect((await headersOf(broken)).body).toEqual({ error: expect.stringContaining("closed the connection") });
    expect((await headersOf("http://user:word@localhost:1/")).body).toEqual({ error: expect.any(String) });
  });
});
