import { createHash } from "node:crypto";
import { expect, test } from "@playwright/test";
import { signatureV3 } from "../../src/http/signature.ts";
import type { PhoneNumber } from "../../src/webhook/phone-numbers.ts";
import { createWebhook, type NumbersRequest } from "../../src/webhook/webhook.ts";
import { chance } from "../support/random.ts";

const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
const url = "https://www.example.com/webhook_uri";
const now = 1700000300000;
const numbersRequest = JSON.stringify({ appId: 123, portalId: 456, userId: 789 });
const mine: PhoneNumber[] = [{ e164PhoneNumber: "+12025550100", friendlyName: "Main line" }];

const webhook = createWebhook({ url, secret, now: () => now, phoneNumbers: () => mine });

interface RequestParts {
  method?: string;
  body?: string | Uint8Array<ArrayBuffer>;
  timestamp?: string;
  signature?: string;
  headers?: Record<string, string>;
  to?: string;
}

/** Creates a request with HubSpot's signature. The given values replace the defaults. */
async function signed({
  method = "POST",
  body = numbersRequest,
  timestamp = `${now}`,
  signature,
  headers,
  to = url,
}: RequestParts = {}) {
  return new Request(to, {
    method,
    headers: {
      "content-type": "application/json",
      "x-hubspot-request-timestamp": timestamp,
      "x-hubspot-signature-v3": signature ?? (await signatureV3({ secret, method: "POST", url, body, timestamp })),
      ...headers,
    },
    body: method === "GET" || method === "HEAD" ? null : body,
  });
}

const statusOf = async (parts: RequestParts) => (await webhook(await signed(parts))).status;

/** Returns the text that the task prints with console.warn and console.error. */
async function consoleOf(task: () => Promise<unknown>): Promise<string> {
  const { warn, error } = console;
  const lines: unknown[] = [];
  console.warn = console.error = (...values: unknown[]) => lines.push(...values);
  try {
    await task();
  } finally {
    Object.assign(console, { warn, error });
  }
  return lines.map(String).join(" ");
}

function withRejecter<T>() {
  let reject = (_: Error) => {};
  const promise = new Promise<T>((_, fail) => {
    reject = fail;
  });
  return { promise, reject };
}

test.beforeEach(() => {
  console.warn = () => {};
});

test.describe("a signature", () => {
  test("is verified over the raw bytes, even if they are not UTF-8", async () => {
    const withByte = (byte: number) =>
      new Uint8Array([...Buffer.from(numbersRequest.replace("}", ',"a":"')), byte, 0x22, 0x7d]);
    const signature = await signatureV3({ secret, method: "POST", url, body: withByte(0xff), timestamp: `${now}` });
    expect(await statusOf({ body: withByte(0x61) })).toBe(200);
    expect(await statusOf({ body: withByte(0xff), signature })).toBe(400);
    expect(await statusOf({ body: withByte(0xfe), signature })).toBe(401);
  });

  test("is verified with the configured URL, not with the request's URL", async () => {
    expect(await statusOf({ to: "http://127.0.0.1:9026/webhook", headers: { host: "evil.example" } })).toBe(200);
    const otherUrl = {
      secret,
      method: "POST",
      url: "http://127.0.0.1:9026/webhook",
      body: numbersRequest,
      timestamp: `${now}`,
    };
    expect(await statusOf({ to: otherUrl.url, signature: await signatureV3(otherUrl) })).toBe(401);
  });

  const faults: [fault: string, parts: RequestParts][] = [
    ["is missing", { headers: { "x-hubspot-signature-v3": "" } }],
    ["was created with another secret", { signature: "ZEux4lGY4urKtKJ9fqGCQDJ0FasZeSunWHlJMEoU3Bg=" }],
    ["is too short", { signature: "ZEux4lGY4urKtKJ9fqGCQDJ0FasZeSunWHlJMEoU3B" }],
    ["is not base64", { signature: "é".repeat(44) }],
    ["has no timestamp", { timestamp: "" }],
    ["has a timestamp in seconds", { timestamp: "1700000300" }],
    ["has an ISO 8601 timestamp", { timestamp: new Date(now).toISOString() }],
    ["has a timestamp with a fraction", { timestamp: `${now}.5` }],
    ["has a timestamp with an exponent", { timestamp: "17000003e5" }],
    ["has a negative timestamp", { timestamp: `-${now}` }],
    ["has a timestamp with 400 digits", { timestamp: "9".repeat(400) }],
    ["has two timestamps", { timestamp: `${now}, ${now}` }],
    ["is older than five minutes", { timestamp: `${now - 300_001}` }],
    ["is more than a minute ahead", { timestamp: `${now + 60_001}` }],
  ];
  for (const [fault, parts] of faults) {
    test(`that ${fault} is rejected without details`, async () => {
      const response = await webhook(await signed(parts));
      expect([response.status, await response.text()]).toEqual([401, '{"message":"unauthorized"}']);
    });
  }

  test("is valid if its timestamp is at most five minutes old and at most one minute ahead", async () => {
    expect(await statusOf({ timestamp: `${now - 300_000}` })).toBe(200);
    expect(await statusOf({ timestamp: `${now + 60_000}` })).toBe(200);
  });

  test("is rejected if its header appears twice", async () => {
    const request = await signed();
    request.headers.append("x-hubspot-signature-v3", request.headers.get("x-hubspot-signature-v3") ?? "");
    expect((await webhook(request)).status).toBe(401);
  });

  test("is verified before the content type is checked and the body is parsed", async () => {
    const wrongSignature = { signature: "A".repeat(43).concat("=") };
    expect(await statusOf({ ...wrongSignature, body: "{" })).toBe(401);
    expect(await statusOf({ ...wrongSignature, headers: { "content-type": "text/plain" } })).toBe(401);
  });

  test("is rejected with an explanation on the console if it is missing, has a timestamp in seconds, is too old or is wrong", async () => {
    const reasonOf = (parts: RequestParts) => consoleOf(() => statusOf(parts));
    expect(await reasonOf({ signature: "" })).toBe(
      "webhook: rejected a request: X-HubSpot-Signature-v3 is missing; HubSpot sends it, and a proxy must pass it on",
    );
    expect(await reasonOf({ timestamp: "1700000300" })).toContain("X-HubSpot-Request-Timestamp is in seconds");
    expect(await reasonOf({ timestamp: `${now - 400_000}` })).toContain("was signed 400 s ago");
    expect(await reasonOf({ signature: "A".repeat(43).concat("=") })).toContain(`${url} is the URL that HubSpot`);
  });

  test("for another URL is rejected with a message on the console that names the URL that HubSpot requests", async () => {
    const registered = "https://tunnel.example/webhook";
    const signature = await signatureV3({
      secret,
      method: "POST",
      url: registered,
      body: numbersRequest,
      timestamp: `${now}`,
    });
    const headers = { "x-forwarded-host": "tunnel.example" };
    const printed = await consoleOf(() => statusOf({ signature, to: "http://127.0.0.1:9026/webhook", headers }));
    expect(printed).toContain(`it matches the URL ${registered}; verify with that URL`);
  });

  test("of version 2 in X-HubSpot-Signature is rejected with a message on the console that names its version", async () => {
    const old = createHash("sha256").update(`${secret}POST${url}${numbersRequest}`).digest("hex");
    const printed = await consoleOf(() => statusOf({ signature: "", headers: { "x-hubspot-signature": old } }));
    expect(printed).toContain("X-HubSpot-Signature contains a valid signature of version 2, but only version 3");
  });

  test("cannot be verified without a secret and an absolute URL, so createWebhook throws an error", () => {
    expect(() => createWebhook({ url, secret: "", phoneNumbers: () => [] })).toThrow("HUBSPOT_CLIENT_SECRET");
    expect(() => createWebhook({ url: "/webhook", secret, phoneNumbers: () => [] })).toThrow("WEBHOOK_URL");
  });
});

test.describe("a signed request", () => {
  test("is answered with its user's numbers", async () => {
    const received: NumbersRequest[] = [];
    const phoneNumbers = async (request: NumbersRequest) => {
      received.push(request);
      return mine;
    };
    const response = await createWebhook({ url, secret, now: () => now, phoneNumbers })(await signed());
    expect(received).toEqual([{ appId: 123, portalId: 456, userId: 789 }]);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ phoneNumbers: mine });
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  for (const method of ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"]) {
    test(`with the method ${method} is rejected with Allow: POST`, async () => {
      const response = await webhook(await signed({ method }));
      expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    });
  }

  test("with a content type other than JSON is rejected", async () => {
    for (const type of ["text/plain", "application/jsonp", "application/x-www-form-urlencoded", ""]) {
      expect(await statusOf({ headers: { "content-type": type } }), type).toBe(415);
    }
    expect(await statusOf({ headers: { "content-type": "Application/JSON; charset=utf-8" } })).toBe(200);
  });

  const bodies: [body: string, message: string][] = [
    ["", "body: must be JSON in UTF-8"],
    ["{", "body: must be JSON in UTF-8"],
    ["null", "body: must be an object"],
    ['"text"', "body: must be an object"],
    ['{"portalId":456,"userId":789}', "appId: must be a positive whole number"],
    ['{"appId":"123","portalId":456,"userId":789}', "appId: must be a positive whole number"],
    ['{"appId":123,"portalId":4.5,"userId":789}', "portalId: must be a positive whole number"],
    ['{"appId":123,"portalId":456,"userId":-1}', "userId: must be a positive whole number"],
    ['{"appId":123,"portalId":456,"userId":1e300}', "userId: must be a positive whole number"],
  ];
  for (const [body, message] of bodies) {
    test(`with the body "${body}" is rejected: ${message}`, async () => {
      const response = await webhook(await signed({ body }));
      expect([response.status, await response.json()]).toEqual([400, { message }]);
    });
  }

  test("may have a body of up to 64 KiB, and is not read to its end if the body is larger", async () => {
    const body = numbersRequest.padEnd(64 * 1024);
    expect(await statusOf({ body })).toBe(200);
    expect(await statusOf({ body: `${body} ` })).toBe(413);
    expect(await statusOf({ headers: { "content-length": "65537" } })).toBe(413);
    expect(await statusOf({ body: `${body} `, headers: { "content-length": "9" } })).toBe(413);

    let read = 0;
    const endless = new ReadableStream({
      pull(controller) {
        read += 1024;
        controller.enqueue(new Uint8Array(1024));
        if (read > 2 ** 20) controller.close(); // otherwise a faulty webhook would read forever
      },
    });
    const { headers } = await signed();
    const response = await webhook(new Request(url, { method: "POST", headers, body: endless, ...{ duplex: "half" } }));
    expect(response.status).toBe(413);
    expect(read).toBeLessThan(80 * 1024);
  });

  test("is rejected if its body is cut off", async () => {
    const cutOff = () => new ReadableStream({ pull: (controller) => controller.error(new Error("connection reset")) });
    for (const announced of [{}, { "content-length": "99" }]) {
      const { headers } = await signed({ headers: announced });
      const request = new Request(url, { method: "POST", headers, body: cutOff(), ...{ duplex: "half" } });
      expect((await webhook(request)).status).toBe(400);
    }
  });

  test("is answered with 500 without details if phoneNumbers rejects", async () => {
    const phoneNumbers = () => Promise.reject(new Error("database is down"));
    const broken = createWebhook({ url, secret, now: () => now, phoneNumbers });
    let body = "";
    const printed = await consoleOf(async () => {
      const response = await broken(await signed());
      expect(response.status).toBe(500);
      body = await response.text();
    });
    expect(printed).toContain("database is down");
    expect(body).toBe('{"message":"the phone numbers could not be read"}');
  });

  const wrongResults: [result: unknown, problem: string][] = [
    [undefined, "phoneNumbers returned undefined, not a list; return [{ e164PhoneNumber: "],
    [null, "phoneNumbers returned null, not a list"],
    ["+12025550100", "phoneNumbers returned a string, not a list"],
    [7, "phoneNumbers returned a number, not a list"],
    [{ phoneNumbers: mine }, "phoneNumbers returned an object, not a list"],
    [["+12025550100"], "phoneNumbers returned an invalid list (element 0 must be an object)"],
    [
      [...mine, { e164PhoneNumber: 1 }],
      "phoneNumbers returned an invalid list (element 1: e164PhoneNumber must be a string)",
    ],
  ];
  for (const [result, problem] of wrongResults) {
    test(`is answered with 500 and one line on the console: ${problem.replace(/; return .*/, "")}`, async () => {
      const options = { url, secret, now: () => now, phoneNumbers: () => mine };
      // A JavaScript caller can pass this function, although TypeScript would reject it.
      Object.assign(options, { phoneNumbers: () => Promise.resolve(result) });
      let status = 0;
      const printed = await consoleOf(async () => {
        ({ status } = await createWebhook(options)(await signed()));
      });
      expect(status).toBe(500);
      expect(printed).toContain(`webhook: ${problem}`);
      expect(printed).not.toContain("\n");
    });
  }

  test("is answered with an empty list if the user has no number", async () => {
    const response = await createWebhook({ url, secret, now: () => now, phoneNumbers: () => [] })(await signed());
    expect([response.status, await response.text()]).toEqual([200, '{"phoneNumbers":[]}']);
  });

  test("is answered with 504 if phoneNumbers does not return in time, even if it rejects later", async () => {
    const { promise, reject } = withRejecter<PhoneNumber[]>();
    const phoneNumbers = () => promise;
    let status = 0;
    const printed = await consoleOf(async () => {
      const slow = createWebhook({ url, secret, now: () => now, phoneNumbers, timeoutMs: 20 });
      ({ status } = await slow(await signed()));
      reject(new Error("too late"));
      await new Promise((resolve) => setImmediate(resolve));
    });
    expect(status).toBe(504);
    expect(printed).toBe("webhook: phoneNumbers did not return within 20 ms; make it faster, or increase timeoutMs");
  });

  test("can have any time limit that a timer supports", async () => {
    const phoneNumbers = () => new Promise<PhoneNumber[]>((resolve) => setTimeout(() => resolve([]), 50));
    const webhook = createWebhook({ url, secret, now: () => now, phoneNumbers, timeoutMs: 2 ** 31 - 1 });
    expect((await webhook(await signed())).status).toBe(200);
    for (const timeoutMs of [Number.POSITIVE_INFINITY, 2 ** 31, 0, -1, Number.NaN]) {
      expect(() => createWebhook({ url, secret, phoneNumbers, timeoutMs })).toThrow(
        new Error(`timeoutMs: invalid value ${timeoutMs}; use a number of milliseconds, from 1 to 2147483647`),
      );
    }
  });

  test("leaves no timer behind, so that a Node process can exit", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const webhook = createWebhook({ url, secret, now: () => now, phoneNumbers: () => [] });
    const request = await signed();
    const before = timers();
    expect((await webhook(request)).status).toBe(200);
    expect(timers()).toBeLessThanOrEqual(before);
  });
});

test("answers each of 400 generated requests with a status below 500", async () => {
  const { pick, bytes, below } = chance(4);
  const values = [
    "0",
    "-1",
    "1",
    "1.5",
    "1e99",
    "null",
    "true",
    '"7"',
    "[]",
    "{}",
    '"\\ud800"',
    "123456789012345678901",
  ];
  const names = ["appId", "portalId", "userId", "__proto__", "constructor", "toString", ""];
  const statuses = new Set<number>();
  const failed: string[] = [];
  for (let count = 0; count < 400; count++) {
    const fields = Array.from({ length: below(5) }, () => `"${pick(names)}":${pick(values)}`);
    const body = pick<() => string | Uint8Array<ArrayBuffer>>([
      () => `{${fields.join(",")}}`,
      () => `[${fields.length}`.repeat(below(2000)),
      () => bytes(below(300)),
      () => numbersRequest.slice(0, below(numbersRequest.length)),
    ])();
    const request = await signed({
      body,
      ...(below(4) === 0
        ? { timestamp: pick(["", "0", "-0", "NaN", "Infinity", "0x18bcfe5a1e0", `+${now}`, `${now}n`]) }
        : {}),
      ...(below(4) === 0 ? { signature: pick(["", "=", "null", "A".repeat(43), `${"A".repeat(43)}=`, "%00"]) } : {}),
      headers: below(4) === 0 ? { "content-type": pick(["", "json", "application/json,", ";", "*/*"]) } : {},
    });
    const { status } = await webhook(request);
    if (status < 200 || status >= 500) failed.push(`${status}: ${body}`);
    statuses.add(status);
  }
  expect(failed).toEqual([]);
  expect(statuses).toEqual(new Set([400, 401, 415]));
});
