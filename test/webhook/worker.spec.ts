// The webhook for function platforms: the default export of worker.ts, and its bundle.
import { expect, test } from "@playwright/test";
import { buildSync } from "esbuild";
import { signatureV3 } from "../../src/http/signature.ts";
import worker from "../../src/webhook/worker.ts";

const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
const url = "https://www.example.com/webhook_uri";
const environment = { HUBSPOT_CLIENT_SECRET: secret, WEBHOOK_URL: url };

/** Creates a request with HubSpot's signature and the current time. */
async function signed(): Promise<Request> {
  const body = JSON.stringify({ appId: 123, portalId: 456, userId: 789 });
  const timestamp = `${Date.now()}`;
  const headers = {
    "content-type": "application/json",
    "x-hubspot-request-timestamp": timestamp,
    "x-hubspot-signature-v3": await signatureV3({ secret, method: "POST", url, body, timestamp }),
  };
  return new Request(url, { method: "POST", headers, body });
}

let printed = "";
const { warn, error } = console;
test.beforeEach(() => {
  printed = "";
  console.warn = console.error = (...values: unknown[]) => {
    printed += values.join(" ");
  };
});
test.afterEach(() => {
  Object.assign(console, { warn, error });
});

test("reads the secret and the URL from the platform's variables, and answers with phone numbers", async () => {
  const response = await worker.fetch(await signed(), environment);
  expect(response.status).toBe(200);
  const { phoneNumbers } = await response.json();
  expect(phoneNumbers.length).toBeGreaterThan(0);
});

test("reads the secret and the URL from process.env if the platform passes no variables", async () => {
  const { HUBSPOT_CLIENT_SECRET, WEBHOOK_URL } = process.env;
  Object.assign(process.env, environment);
  try {
    const bunServer: object = { port: 3000 };
    for (const env of [undefined, bunServer]) {
      expect((await worker.fetch(await signed(), env)).status).toBe(200);
    }
  } finally {
    for (const [name, value] of Object.entries({ HUBSPOT_CLIENT_SECRET, WEBHOOK_URL })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
});

test("imports the secret again only if the variables change", async () => {
  const { importKey } = crypto.subtle;
  const [one, two, three] = [await signed(), await signed(), await signed()];
  let imports = 0;
  crypto.subtle.importKey = new Proxy(importKey, {
    apply: (target, _, args) => {
      imports++;
      return Reflect.apply(target, crypto.subtle, args);
    },
  });
  try {
    const statuses = [
      (await worker.fetch(one, { ...environment, WEBHOOK_URL: `${url}?` })).status,
      (await worker.fetch(two, { ...environment })).status,
      (await worker.fetch(three, { ...environment })).status,
    ];
    expect([statuses, imports]).toEqual([[401, 200, 200], 2]);
  } finally {
    crypto.subtle.importKey = importKey;
  }
});

test("answers with 500 if the secret or the URL is missing", async () => {
  for (const missing of [{ HUBSPOT_CLIENT_SECRET: "" }, { WEBHOOK_URL: "" }]) {
    const { status } = await worker.fetch(await signed(), { ...environment, ...missing });
    expect([status, printed]).toEqual([500, expect.stringContaining(Object.keys(missing).join())]);
  }
  printed = "";
  await worker.fetch(await signed());
  expect(printed).toContain("HUBSPOT_CLIENT_SECRET");
});

test("can be bundled into code that imports nothing and does not use process", async () => {
  const { outputFiles } = buildSync({
    entryPoints: ["src/webhook/worker.ts"],
    bundle: true,
    format: "esm",
    write: false,
  });
  const bundle = outputFiles[0]?.text ?? "";
  expect(bundle).not.toMatch(/\bimport\b.*from|\brequire\(|\bprocess\./);
  const built: typeof import("../../src/webhook/worker.ts") = await import(
    `data:text/javascript,${encodeURIComponent(bundle)}`
  );
  const response = await built.default.fetch(await signed(), environment);
  expect(response.status).toBe(200);
});
