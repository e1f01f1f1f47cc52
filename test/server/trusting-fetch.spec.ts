import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { askForNumbers } from "../../src/hubspot/api/desk.ts";
import { openCertificate } from "../../src/server/certificate.ts";
import { listener } from "../../src/server/listener.ts";
import { fetchTrusting, lookAt } from "../../src/server/trusting-fetch.ts";
import type { PhoneNumber } from "../../src/webhook/phone-numbers.ts";
import { createWebhook } from "../../src/webhook/webhook.ts";
import { serve } from "../setup/serve.ts";

const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
const who = { appId: 123, portalId: 456, userId: 789 };
const mine: PhoneNumber[] = [{ e164PhoneNumber: "+12025550100", friendlyName: "Main line" }];

let folder = "";
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "desk-"));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

test("a certificate of nobody's is named, and ours is trusted where the server says so", async () => {
  const tls = await openCertificate(folder);
  const fetch = fetchTrusting(readFileSync(join(folder, "ca.crt"), "utf8"));
  let url = "";
  url = `${await serve(
    listener((request) => createWebhook({ url, secret, phoneNumbers: () => mine })(request)),
    tls,
  )}/webhook`;
  const { problems, response } = await askForNumbers({ url, secret, who });
  expect([problems, response]).toEqual([[expect.stringMatching(/certificate is not trusted/)], undefined]);
  const trusting = await askForNumbers({ url, secret, who, fetch });
  expect([trusting.problems, trusting.numbers]).toEqual([
    [],
    [{ ...mine[0], shownName: "Main line", selectable: true }],
  ]);

  const misnamed = await askForNumbers({ url: url.replace("localhost", "app.localhost"), secret, who, fetch });
  expect(misnamed.problems[0]).toMatch(/is for another host|name is not known/);
  const plain = (await serve(() => {})).replace("http:", "https:");
  expect((await askForNumbers({ url: plain, secret, who, fetch })).problems[0]).toMatch(/does not speak TLS/);
});

test("only for this machine is more trusted than fetch does", async () => {
  const before = globalThis.fetch;
  const asked: unknown[] = [];
  globalThis.fetch = async (url) => {
    asked.push(url);
    return Response.json({});
  };
  try {
    const fetch = fetchTrusting("");
    for (const url of ["https://example.com/", "http://localhost/"]) await askForNumbers({ url, secret, who, fetch });
  } finally {
    globalThis.fetch = before;
  }
  expect(asked).toEqual(["https://example.com/", "http://localhost/"]);
});

test("ours is as strict as fetch: time, size and status", async () => {
  const tls = await openCertificate(folder);
  const fetch = fetchTrusting(readFileSync(join(folder, "ca.crt"), "utf8"));
  const ask = async (answer: RequestListener) =>
    (await askForNumbers({ url: await serve(answer, tls), secret, who, fetch, timeout: 1000 })).problems;
  expect(await ask((_, response) => void response.end("x".repeat(99_999)))).toEqual([
    expect.stringMatching(/over 65536/),
  ]);
  expect(await ask((_, response) => void response.writeHead(204).end())).toHaveLength(2);
  expect(await ask((_, response) => void response.writeHead(302, { location: "/x" }).end())).toEqual([
    expect.stringMatching(/^302: a redirect/),
  ]);
  expect(await ask(({ socket }) => void socket.destroy())).toEqual([expect.stringMatching(/closed the connection/)]);
  expect(await ask(({ socket }) => void socket.end("HTTP/1.1 999 Odd\r\n\r\n"))).toHaveLength(1);
  expect(await ask((_, response) => void response.writeHead(200).write("{"))).toEqual([
    expect.stringMatching(/within 1 s/),
  ]);
});

test("a look goes without verification to this machine alone", async () => {
  const before = globalThis.fetch;
  const asked: unknown[] = [];
  globalThis.fetch = async (url) => {
    asked.push(url);
    return Response.json({});
  };
  try {
    const init = { redirect: "manual", signal: AbortSignal.timeout(3000) } as const;
    for (const url of ["https://example.com/", "http://localhost/"]) await lookAt(url, init);
    const own = await lookAt(await serve((_, response) => void response.end(), await openCertificate(folder)), init);
    expect([own.response.status, `${own.untrusted}`]).toEqual([200, expect.stringMatching(/[A-Z]+_[A-Z]+/)]);
  } finally {
    globalThis.fetch = before;
  }
  expect(asked).toEqual(["https://example.com/", "http://localhost/"]);
});
