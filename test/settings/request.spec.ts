import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "@playwright/test";
import { commandLine, type Reply } from "../support/settings-command.ts";

const { received, replies, run } = commandLine();

const now = { "retry-after": "0" };
const correlationId = "aeb5f871-7f07-4993-9211-075dc63e7cbf";
const error = { message: "the message", category: "VALIDATION_ERROR", correlationId };

test.describe("an error response", () => {
  const remedies: [status: number, commandLine: string, remedy: string][] = [
    [400, "calling create", "fix the problem that the message describes"],
    [401, "calling get", "HUBSPOT_DEVELOPER_API_KEY"],
    [403, "calling get", "HUBSPOT_APP_ID"],
    [404, "calling update --isReady true", "create"],
    [409, "calling create", "update"],
    [429, "calling get", "wait"],
    [500, "calling create", "check with the get action"],
    [503, "calling get", "try again later"],
  ];
  for (const [status, line, remedy] of remedies) {
    test(`with status ${status} is printed with HubSpot's reasons and a remedy`, async () => {
      const invalid = { message: "width: is not an integer", in: "width" };
      replies.push(
        ...Array.from({ length: 4 }, () => ({ status, headers: now, body: { ...error, errors: [invalid] } })),
      );
      const { code, stdout, stderr } = await run(line.split(" "));
      expect([code, stdout]).toEqual([1, ""]);
      for (const part of [error.message, error.category, correlationId, invalid.message, `${status}`, remedy]) {
        expect(stderr).toContain(part);
      }
    });
  }

  test("in an unexpected format is printed without control characters", async () => {
    replies.push({ status: 400, body: "<h1>\u001b[2JBad gateway</h1>" }, { status: 400, body: { message: 7 } });
    const [page, wrong] = [await run(["calling", "get"]), await run(["calling", "get"])];
    expect([page.code, wrong.code]).toEqual([1, 1]);
    expect(page.stderr).toContain("Bad gateway");
    expect(page.stderr).not.toContain("\u001b");
  });

  test("is shortened if it has a long line or many lines", async () => {
    const long = "x".repeat(900_000);
    replies.push(
      { status: 400, body: { ...error, message: long } },
      { status: 400, body: { ...error, errors: Array.from({ length: 9000 }, () => ({ message: "too much" })) } },
      { status: 400, body: long },
    );
    for (let count = 0; count < 3; count++) {
      const { code, stderr } = await run(["calling", "get"]);
      expect([code, stderr]).toEqual([1, expect.stringContaining("what to do: fix the problem")]);
      expect(stderr.length).toBeLessThan(3000);
    }
  });
});

test("rejects a response of more than one megabyte without waiting for its end, and does not retry", async () => {
  for (const [line, message] of [
    ["calling get", "larger than 1000000 bytes"],
    ["calling create", "HubSpot may have received it"],
  ] satisfies [string, string][]) {
    received.length = 0;
    replies.push({ fault: "never ends" });
    const { code, stdout, stderr } = await run(line.split(" "));
    expect([code, stdout, received.length]).toEqual([1, "", 1]);
    expect(stderr).toContain(message);
    expect(stderr.length).toBeLessThan(500);
  }
  replies.push({ headers: { "content-length": "1000001" }, fault: "stops within" });
  // In this case too, the command does not wait for the rest of the body.
  expect((await run(["calling", "get", "--timeout", "600"])).stderr).toContain("larger than 1000000 bytes");
});

test.describe("a failed request", () => {
  const failures: [failure: string, reply: Reply][] = [
    ["503", { status: 503, headers: now, body: error }],
    ["429", { status: 429, headers: now, body: error }],
    ["a broken connection", { fault: "breaks" }],
    ["a response that is cut off", { fault: "breaks within" }],
    ["a timeout", { fault: "hangs" }],
  ];
  const allFailures = failures.map(([failure]) => failure);
  const commands: [commandLine: string, retriedAfter: string[]][] = [
    ["calling get", allFailures],
    ["calling update --isReady true", allFailures],
    ["calling delete", allFailures],
    ["calling create", ["429"]],
  ];
  for (const [line, retriedAfter] of commands) {
    for (const [failure, reply] of failures) {
      const isRetried = retriedAfter.includes(failure);
      test(`(${line}) is ${isRetried ? "retried" : "not retried"} after ${failure}`, async () => {
        replies.push(reply);
        const args = [...line.split(" "), ...(reply.fault === "hangs" ? ["--timeout", "1"] : [])];
        // For one action, a separate process also shows that the process ends after a fault.
        const { code, stderr } = await run(
          args,
          {},
          { isSeparate: line === "calling get" && reply.fault !== undefined },
        );
        expect([code, received.length]).toEqual(isRetried ? [0, 2] : [1, 1]);
        if (!isRetried) expect(stderr).toContain("before you try again, check with the get action");
        expect(new Set(received.map(({ method, body }) => JSON.stringify([method, body]))).size).toBe(1);
      });
    }
  }

  test("is sent at most four times", async () => {
    replies.push(...Array.from({ length: 9 }, () => ({ status: 500, headers: now })));
    expect((await run(["calling", "get"])).code).toBe(1);
    expect(received).toHaveLength(4);
  });

  test("is not retried if the delay in Retry-After, in seconds or as a date, exceeds a limit", async () => {
    for (const [retryAfter, requests] of [
      ["3600", 1],
      [new Date(Date.now() + 3600_000).toUTCString(), 1],
      [new Date(Date.now() - 3600_000).toUTCString(), 2],
      ["0", 2],
      ["soon", 2],
      ["-1", 2],
    ] satisfies [string, number][]) {
      received.length = 0;
      replies.push({ status: 429, headers: { "retry-after": retryAfter } });
      const { code, stderr } = await run(["calling", "get"]);
      expect([received.length, code], retryAfter).toEqual([requests, 2 - requests]);
      if (requests === 1) expect(stderr).toContain(`retry-after: ${retryAfter}`);
      replies.length = 0;
    }
  });

  test("is not retried before the delay has passed", async () => {
    replies.push({ status: 429, headers: { "retry-after": "1" } });
    const begin = performance.now();
    await run(["calling", "get"]);
    expect(performance.now() - begin).toBeGreaterThan(990);
  });
});

test("names a server that refuses the connection, and does not suggest that the server received the request", async () => {
  const closed = createServer().listen(0, "127.0.0.1");
  await once(closed, "listening");
  const bound = closed.address();
  const url = `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}`;
  closed.close();
  await once(closed, "close");
  const { code, stdout, stderr } = await run(["calling", "create"], { HUBSPOT_API_URL: url });
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(`${url}/crm/extensions/calling/2026-03/12345/settings: no answer: connect ECONNREFUSED`);
  expect(stderr).not.toContain("received");
});
