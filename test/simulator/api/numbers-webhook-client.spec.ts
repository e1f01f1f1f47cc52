import { createServer, type RequestListener } from "node:http";
import { text } from "node:stream/consumers";
import { expect, test } from "@playwright/test";
import { createLocalHttpsFetch } from "../../../src/node/local-https-fetch.ts";
import { createRequestListener } from "../../../src/server/fetch-adapter.ts";
import { callWebhook } from "../../../src/simulator/api/numbers-webhook-client.ts";
import type { PhoneNumber } from "../../../src/webhook/phone-numbers.ts";
import { createWebhook } from "../../../src/webhook/webhook.ts";
import { serve } from "../../support/serve.ts";

const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
const body = { appId: 123, portalId: 456, userId: 789 };
const phoneNumbers: PhoneNumber[] = [
  { e164PhoneNumber: "+12025550100", friendlyName: "Main line" },
  { e164PhoneNumber: "+12025550101", friendlyName: "A name of more than twenty-four", extension: "12" },
];
const listedNumbers = [
  { ...phoneNumbers[0], shownName: "Main line", selectable: true },
  { ...phoneNumbers[1], shownName: "A name of more than twen", selectable: false },
];

/**
 * Starts a webhook on an HTTP server. `registered` is the URL in the webhook's configuration; by default, the webhook's real
 * URL.
 */
async function webhook(registered?: string): Promise<string> {
  let url = registered ?? "";
  const address = await serve(
    createRequestListener((request) => createWebhook({ url, secret, phoneNumbers: () => phoneNumbers })(request)),
  );
  url ||= `${address}/webhook?x=%28a%20b%29`;
  return `${address}/webhook?x=%28a%20b%29`;
}

/** Calls a webhook that sends this response, and returns the webhook's URL and the exchange. */
async function exchangeWith(answer: RequestListener, timeoutMs?: number) {
  const url = `${await serve(answer)}/numbers`;
  return { url, ...(await callWebhook({ url, secret, body, ...(timeoutMs ? { timeoutMs } : {}) })) };
}
const json =
  (
    body: unknown,
    status = 200,
    headers: Record<string, string> = { "content-type": "application/json" },
  ): RequestListener =>
  (_, response) =>
    void response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));

test("lists the numbers from this project's webhook as HubSpot does", async () => {
  const url = await webhook();
  const { request, response, numbers, problems } = await callWebhook({ url, secret, body });
  expect(problems).toEqual([]);
  expect(numbers).toEqual(listedNumbers);
  expect(response).toMatchObject({ status: 200, headers: { "content-type": "application/json" } });
  expect(JSON.parse(response?.body ?? "")).toEqual({ phoneNumbers });
  expect(response?.milliseconds).toBeGreaterThanOrEqual(0);
  expect(request).toEqual({
    method: "POST",
    url,
    headers: {
      "sec-fetch-site": "cross-site",
      "content-type": "application/json",
      "x-hubspot-request-timestamp": expect.stringMatching(/^\d{13}$/),
      "x-hubspot-signature-v3": expect.stringMatching(/^[\w+/]{43}=$/),
    },
    body: '{"appId":123,"portalId":456,"userId":789}',
  });
});

test("returns the request as it was sent", async () => {
  const received: unknown[] = [];
  const { request } = await exchangeWith(async (message, response) => {
    const { method, headers } = message;
    received.push({ method, headers, body: await text(message) });
    response.end("{}");
  });
  expect(received).toMatchObject([{ method: request.method, headers: request.headers, body: request.body }]);
});

test("suggests checking the URL and the secret if the webhook rejects the signature", async () => {
  const { warn } = console;
  console.warn = () => {};
  try {
    const url = await webhook("https://example.com/webhook");
    const { response, numbers, problems } = await callWebhook({ url, secret, body });
    expect([response?.status, numbers]).toEqual([401, []]);
    expect(problems).toEqual([
      expect.stringMatching(/^401: .*rejected the simulator.s signature.*WEBHOOK_URL.*HUBSPOT_CLIENT_SECRET/),
    ]);
    expect(problems[0]).toContain(url);
    const own = await webhook();
    expect((await callWebhook({ url: own, secret: "other", body })).response?.status).toBe(401);
  } finally {
    console.warn = warn;
  }
});

const number = { e164PhoneNumber: "+12025550100", friendlyName: "Main" };
const answers: [what: string, answer: RequestListener, problems: RegExp[], numbers?: number][] = [
  ["a body that is not JSON", json("{"), [/not JSON/]],
  [
    "a body that is not UTF-8",
    (_, response) =>
      void response.writeHead(200, { "content-type": "application/json" }).end(Buffer.of(0x22, 0xff, 0x22)),
    [/not JSON in UTF-8/],
  ],
  ["an empty body", json(""), [/not JSON/]],
  ["null", json("null"), [/^phoneNumbers: is missing/]],
  ["a body without phoneNumbers", json({ numbers: [] }), [/^phoneNumbers: is missing/]],
  ["a phoneNumbers field that is not a list", json({ phoneNumbers: {} }), [/^phoneNumbers: is not a list/]],
  ["an empty list", json({ phoneNumbers: [] }), [/^phoneNumbers: is empty/]],
  [
    "a number in the field e164Number",
    json({ phoneNumbers: [{ e164Number: "+12025550100", friendlyName: "Main" }] }),
    [/^phoneNumbers\[0\]\.e164Number: the field's name is e164PhoneNumber/],
  ],
  [
    "a missing number",
    json({ phoneNumbers: [number, { friendlyName: "Main" }] }),
    [/^phoneNumbers\[1\]\.e164PhoneNumber: is missing/],
    1,
  ],
  [
    "a number that is not in E.164",
    json({ phoneNumbers: [{ ...number, e164PhoneNumber: "(202) 555-0100" }] }),
    [/"\(202\) 555-0100" is not in E\.164/],
    1,
  ],
  [
    "a number that is not a string",
    json({ phoneNumbers: [{ ...number, e164PhoneNumber: 12025550100 }] }),
    [/e164PhoneNumber: must be a non-blank string.*12025550100/],
  ],
  ["a missing name", json({ phoneNumbers: [{ e164PhoneNumber: "+12025550100" }] }), [/friendlyName: is missing/], 1],
  [
    "an extension that is not a string",
    json({ phoneNumbers: [{ ...number, extension: 12 }] }),
    [/extension: must be a non-blank string/],
    1,
  ],
  [
    "items that are not numbers",
    json({ phoneNumbers: [null, 1] }),
    [/\[0\]\.e164/, /\[0\]\.friendlyName/, /\[1\]\.e164/, /\[1\]\.friendlyName/],
  ],
  [
    "another content type",
    json({ phoneNumbers: [number] }, 200, { "content-type": "text/html" }),
    [/^content-type: is "text\/html"/],
    1,
  ],
  ["a missing content type", json({ phoneNumbers: [number] }, 200, {}), [/^content-type: is missing/], 1],
  ["status 201", json({ phoneNumbers: [number] }, 201), [], 1],
  ["status 204", (_, response) => void response.writeHead(204).end(), [/content-type: is missing/, /not JSON/]],
  ["status 304", (_, response) => void response.writeHead(304).end(), [/^304: send status 200$/]],
  ["status 400", json({ phoneNumbers: [number] }, 400), [/^400: send status 200$/]],
  ["status 500", json({ phoneNumbers: [number] }, 500), [/^500: .*output/]],
  ["a body over 64 kB", json({ phoneNumbers: [number], more: "x".repeat(65536) }), [/larger than 65536 bytes/]],
  [
    "a body shorter than its Content-Length",
    (_, response) => void response.writeHead(200, { "content-length": "99" }).write("{", () => response.destroy()),
    [/cut off/],
  ],
  ["a closed connection", ({ socket }) => void socket.destroy(), [/closed the connection/]],
];
/** Returns the text that the pattern matches, without the pattern's syntax. */
const textOf = ({ source }: RegExp) => `“${source.replaceAll(".*", "…").replace(/[\\^$]/g, "")}”`;
for (const [what, answer, problems, numberCount = 0] of answers) {
  test(`reports ${problems.map(textOf).join(" and ") || "nothing"} for ${what}`, async () => {
    const exchange = await exchangeWith(answer);
    expect(exchange.problems).toEqual(problems.map((problem) => expect.stringMatching(problem)));
    expect(exchange.numbers).toHaveLength(numberCount);
    JSON.stringify(exchange);
  });
}

test("disables a number that is not in E.164, but not a number with an empty name", async () => {
  const { numbers } = await exchangeWith(
    json({
      phoneNumbers: [
        { ...number, e164PhoneNumber: "0100" },
        { ...number, friendlyName: "" },
      ],
    }),
  );
  expect(numbers.map(({ selectable, shownName }) => [selectable, shownName])).toEqual([
    [false, "Main"],
    [true, ""],
  ]);
});

test("does not cut a name in the middle of a character", async () => {
  const { numbers } = await exchangeWith(
    json({ phoneNumbers: [{ ...number, friendlyName: `${"☎️".repeat(11)}📞📞📞` }] }),
  );
  expect(numbers[0]?.shownName).toBe(`${"☎️".repeat(11)}📞📞`);
});

test("does not follow a redirect", async () => {
  let followed = false;
  const elsewhere = await serve((_, response) => {
    followed = true;
    response.end();
  });
  const { problems, response } = await exchangeWith(
    (_, response) => void response.writeHead(307, { location: elsewhere }).end(),
  );
  expect(problems).toEqual([expect.stringContaining(`307: the webhook redirects to "${elsewhere}"`)]);
  expect([response?.status, followed]).toEqual([307, false]);
});

test("does not wait longer than the timeout for the start or the end of a response", async () => {
  const never = await exchangeWith(() => {}, 100);
  expect([never.problems, never.response]).toEqual([[`${never.url}: no answer within 0.1 s`], undefined]);
  const endless = await exchangeWith((_, response) => void response.writeHead(200).write("{"), 100);
  expect(endless.problems).toEqual([`${endless.url}: no answer within 0.1 s`]);
});

test("stops reading an endless response at the size limit", async () => {
  let closed = false;
  const { problems } = await exchangeWith((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(10_000)));
    };
    response.on("drain", more).on("close", () => {
      closed = true;
    });
    more();
  });
  expect(problems).toEqual([expect.stringMatching(/larger than 65536 bytes/)]);
  await expect.poll(() => closed).toBe(true);
});

test("does not wait for the body of a response whose Content-Length exceeds the limit", async () => {
  let closed = false;
  const { problems } = await exchangeWith((_, response) => {
    response.on("close", () => {
      closed = true;
    });
    response.writeHead(200, { "content-length": "99999" }).write("{");
  });
  expect(problems).toEqual([expect.stringMatching(/larger than 65536 bytes/)]);
  await expect.poll(() => closed).toBe(true);
});

test("reports a refused connection", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  const url = `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}/`;
  await new Promise((resolve) => server.close(resolve));
  for (const fetch of [globalThis.fetch, createLocalHttpsFetch("")]) {
    expect((await callWebhook({ url, secret, body, fetch })).problems).toEqual([
      expect.stringMatching(/refused.*ECONNREFUSED/),
    ]);
  }
});

test("does not call a URL that is invalid, has a scheme other than http and https, or uses http on another machine", async () => {
  for (const url of [
    "http://example.com/",
    "ftp://localhost/",
    "/webhook",
    "",
    "http://169.254.1.1/",
    "javascript:1",
  ]) {
    const fetch = () => Promise.reject(new Error("called"));
    const { problems, numbers } = await callWebhook({ url, secret, body, fetch });
    expect([problems, numbers]).toEqual([[expect.stringContaining("was not called")], []]);
  }
});
