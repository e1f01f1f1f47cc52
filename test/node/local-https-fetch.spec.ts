import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { getGlobalDispatcher, MockAgent, setGlobalDispatcher } from "undici";
import { whyUnreachable } from "../../src/http/unreachable.ts";
import { createLocalHttpsFetch, fetchHeaders } from "../../src/node/local-https-fetch.ts";
import { loadCertificate } from "../../src/server/certificate.ts";
import { createRequestListener } from "../../src/server/fetch-adapter.ts";
import { callWebhook } from "../../src/simulator/api/numbers-webhook-client.ts";
import type { PhoneNumber } from "../../src/webhook/phone-numbers.ts";
import { createWebhook } from "../../src/webhook/webhook.ts";
import { serve } from "../support/serve.ts";

const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
const body = { appId: 123, portalId: 456, userId: 789 };
const mine: PhoneNumber[] = [{ e164PhoneNumber: "+12025550100", friendlyName: "Main line" }];

// These tests run in one worker, because they share a certificate that is slow to create.
test.describe.configure({ mode: "default" });
let folder = "";
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "certificate-"));
});
test.afterAll(() => rmSync(folder, { recursive: true }));

test("trusts a certificate from the given certificate authority, and explains TLS errors", async () => {
  const tls = await loadCertificate(folder);
  const fetch = createLocalHttpsFetch(readFileSync(join(folder, "ca.crt"), "utf8"));
  let url = "";
  url = `${await serve(
    createRequestListener((request) => createWebhook({ url, secret, phoneNumbers: () => mine })(request)),
    tls,
  )}/webhook`;
  const { problems, response } = await callWebhook({ url, secret, body });
  expect([problems, response]).toEqual([[expect.stringMatching(/certificate is not trusted/)], undefined]);
  const trusted = await callWebhook({ url, secret, body, fetch });
  expect([trusted.problems, trusted.numbers]).toEqual([[], [{ ...mine[0], shownName: "Main line", selectable: true }]]);

  const misnamed = await callWebhook({ url: url.replace("localhost", "app.localhost"), secret, body, fetch });
  expect(misnamed.problems[0]).toMatch(/is for another host|could not be resolved/);
  const plain = (await serve(() => {})).replace("http:", "https:");
  expect((await callWebhook({ url: plain, secret, body, fetch })).problems[0]).toMatch(/did not answer with TLS/);
});

/** Returns the URLs that the task requests through Node's default dispatcher, which trusts no local authority. */
async function urlsWithoutAgent(task: () => Promise<void>): Promise<string[]> {
  const before = getGlobalDispatcher();
  const mock = new MockAgent({ enableCallHistory: true });
  mock.disableNetConnect();
  setGlobalDispatcher(mock);
  try {
    await task();
    return (
      mock
        .getCallHistory()
        ?.calls()
        .map(({ fullUrl }) => fullUrl) ?? []
    );
  } finally {
    setGlobalDispatcher(before);
  }
}

test("uses Node's default dispatcher, which trusts no local authority, only for URLs on other machines", async () => {
  const fetch = createLocalHttpsFetch("");
  const urls = [
    "https://example.com/",
    "https://localhost.example.com/",
    "https://localhost:1/",
    "http://127.0.0.1:1/",
  ];
  const urlsOfFetch = await urlsWithoutAgent(async () => {
    for (const url of urls) await callWebhook({ url, secret, body, fetch });
  });
  expect(urlsOfFetch).toEqual(urls.slice(0, 2));
});

test("reads compressed responses over http and https", async () => {
  const zippedBody = gzipSync(JSON.stringify({ phoneNumbers: mine }));
  const headers = { "content-type": "application/json", "content-encoding": "gzip" };
  const zippedAnswer: RequestListener = (_, response) => void response.writeHead(200, headers).end(zippedBody);
  const tls = await loadCertificate(folder);
  const fetch = createLocalHttpsFetch(readFileSync(join(folder, "ca.crt"), "utf8"));
  for (const url of [await serve(zippedAnswer), await serve(zippedAnswer, tls)]) {
    const { numbers, problems } = await callWebhook({ url, secret, body, fetch });
    expect([url, numbers, problems]).toEqual([url, [{ ...mine[0], shownName: "Main line", selectable: true }], []]);
  }
});

test("limits the time and the size of a response over https, and does not follow redirects", async () => {
  const tls = await loadCertificate(folder);
  const fetch = createLocalHttpsFetch(readFileSync(join(folder, "ca.crt"), "utf8"));
  const problemsOf = async (answer: RequestListener, timeoutMs = 60_000) =>
    (await callWebhook({ url: await serve(answer, tls), secret, body, fetch, timeoutMs })).problems;
  expect(await problemsOf((_, response) => void response.end("x".repeat(99_999)))).toEqual([
    expect.stringMatching(/larger than 65536/),
  ]);
  expect(await problemsOf((_, response) => void response.writeHead(204).end())).toHaveLength(2);
  expect(await problemsOf((_, response) => void response.writeHead(302, { location: "/x" }).end())).toEqual([
    expect.stringMatching(/^302: the webhook redirects/),
  ]);
  expect(await problemsOf(({ socket }) => void socket.destroy())).toEqual([
    expect.stringMatching(/closed the connection/),
  ]);
  expect(await problemsOf(({ socket }) => void socket.end("HTTP/1.1 999 Unknown\r\n\r\n"))).toHaveLength(1);
  expect(await problemsOf((_, response) => void response.writeHead(200).write("{"), 1000)).toEqual([
    expect.stringMatching(/within 1 s/),
  ]);
});

test("fetches headers without certificate verification only from this machine, and sends only one request each time", async () => {
  const init = () => ({ redirect: "manual", signal: AbortSignal.timeout(60_000), headers: {} }) as const;
  const remoteUrl = "https://example.com/";
  const onlyError = { cause: { code: "UND_MOCK_ERR_MOCK_NOT_MATCHED" } };
  const urlsOfFetch = await urlsWithoutAgent(() =>
    expect(fetchHeaders(remoteUrl, init())).rejects.toMatchObject(onlyError),
  );
  expect(urlsOfFetch).toEqual([remoteUrl]);

  let count = 0;
  const listener: RequestListener = (_, response) => void response.end(`${++count}`);
  const own = await fetchHeaders(await serve(listener, await loadCertificate(folder)), init());
  const plain = await fetchHeaders(await serve(listener), init());
  expect([own.response.status, plain.response.status, plain.untrusted, count]).toEqual([200, 200, undefined, 2]);
  expect(whyUnreachable(own.untrusted, 0)).toMatch(/certificate is not trusted.* \([A-Z_]+\)$/);
});
