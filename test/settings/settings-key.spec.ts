// Checks which key the command sends, where it reads the key from, and that it does not print the key or send it to an
// untrusted URL.
import { expect, test } from "@playwright/test";
import { commandLine, developerKey, type Reply, token } from "../support/settings-command.ts";

const { received, replies, run, file } = commandLine();

test.describe("the key", () => {
  const HUBSPOT_ACCESS_TOKEN = token;
  const both = { HUBSPOT_ACCESS_TOKEN };

  test("is the developer key for the app's settings and the token for a call, or the only key that is set", async () => {
    await run(["calling", "get"], both);
    await run(["calling", "get"], { ...both, HUBSPOT_DEVELOPER_API_KEY: "" });
    await run(["call", "7", "get"], both);
    await run(["call", "7", "get"]);
    expect(received.map(({ query, headers }) => query.hapikey ?? headers.authorization)).toEqual([
      developerKey,
      `Bearer ${token}`,
      `Bearer ${token}`,
      developerKey,
    ]);
  });

  test("must be the developer key if the settings are requested in an API version for which HubSpot documents no token", async () => {
    for (const version of ["2025-09", "2026-09"]) {
      const only = { ...both, HUBSPOT_DEVELOPER_API_KEY: "" };
      const { code, stderr } = await run(["calling", "get", "--api", version], only);
      expect([code, received]).toEqual([2, []]);
      expect(stderr).toContain("HUBSPOT_DEVELOPER_API_KEY: is not set");
    }
    expect((await run(["call", "7", "get", "--api", "2026-09"], both)).code).toBe(0);
    expect(received).toMatchObject([{ path: "/crm/objects/2026-09/calls/7" }]);
  });

  test("is read from .env if the environment does not contain it, but the app id in the environment takes precedence", async () => {
    file(".env", 'HUBSPOT_APP_ID=99\nHUBSPOT_DEVELOPER_API_KEY="from-the-file"\nHUBSPOT_ACCESS_TOKEN=unused\n');
    await run(["calling", "get"], { HUBSPOT_DEVELOPER_API_KEY: undefined });
    expect(received).toMatchObject([
      { path: "/crm/extensions/calling/2026-03/12345/settings", query: { hapikey: "from-the-file" } },
    ]);
  });

  const keys: [name: string, secret: string, environment: Record<string, string>][] = [
    ["the developer key", developerKey, {}],
    ["the token", token, { ...both, HUBSPOT_DEVELOPER_API_KEY: "" }],
  ];
  for (const [name, secret, environment] of keys) {
    test(`is not printed, even if the server sends it back (${name})`, async () => {
      const echo = `?hapikey=${encodeURIComponent(secret)}&key=${secret}`;
      const echoingReplies: Reply[] = [
        { body: { url: echo, [secret]: { [`a ${secret}`]: [echo] } } },
        {
          status: 403,
          body: `<a href="%2570${secret.slice(1)}">${[...secret].map((sign) => `&#${sign.charCodeAt(0)};`).join("")}</a>`,
        },
        { status: 400, body: { message: echo, category: echo, correlationId: echo, errors: [{ message: echo }] } },
        { status: 502, body: "x".repeat(190) + secret },
        { status: 302, headers: { location: `/${echo}` } },
        { fault: "breaks" },
      ];
      for (const reply of echoingReplies) {
        replies.push(reply);
        const args = ["calling", "create", "--name", echo];
        const { stdout, stderr } = await run(args, environment);
        expect(stdout + stderr).not.toContain(secret.slice(0, 8));
        expect(stdout + stderr).not.toBe("");
      }
      const { stdout } = await run(["calling", "get", "--dry-run"], environment);
      expect(stdout).not.toContain(secret.slice(0, 8));
    });
  }

  test("is not printed before a retry, even if it is in the URL", async () => {
    for (const reply of [{ status: 503, headers: { "retry-after": "0" } }, { fault: "breaks" }] satisfies Reply[]) {
      replies.push(reply);
      const { code, stderr } = await run(["calling", "get"], {}, { at: `/${developerKey}` });
      expect([code, received.length]).toEqual([0, 2]);
      expect(stderr).toContain("trying again");
      expect(stderr).not.toContain(developerKey);
      received.length = 0;
    }
  });

  test("is not sent to a redirect's target", async () => {
    replies.push({ status: 307, headers: { location: "/elsewhere" } });
    const { code, stderr } = await run(["calling", "create"]);
    expect([code, received.length]).toEqual([1, 1]);
    expect(stderr).toContain("answered 307");
  });

  test("is sent only over https or to this machine, and only if the URL in HUBSPOT_API_URL has no query", async () => {
    for (const url of [
      "http://example.com",
      "http://127.0.0.1.evil.example",
      "ftp://localhost",
      "localhost:9026",
      "https://a@b/?c",
    ]) {
      const { code, stderr } = await run(["calling", "get"], { HUBSPOT_API_URL: url });
      expect([code, stderr], url).toEqual([2, expect.stringContaining("HUBSPOT_API_URL")]);
    }
  });

  test("is required and validated, like the app id", async () => {
    const missing: [environment: Record<string, string>, name: string][] = [
      [{ HUBSPOT_DEVELOPER_API_KEY: "" }, "HUBSPOT_DEVELOPER_API_KEY"],
      [{ HUBSPOT_DEVELOPER_API_KEY: "secret\nkey" }, "HUBSPOT_DEVELOPER_API_KEY"],
      [{ HUBSPOT_APP_ID: "" }, "HUBSPOT_APP_ID"],
      [{ HUBSPOT_APP_ID: "1/../2" }, "HUBSPOT_APP_ID"],
    ];
    for (const [environment, name] of missing) {
      const { code, stdout, stderr } = await run(["calling", "get"], environment);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(name);
      expect(stderr).not.toContain("secret");
    }
    expect(received).toEqual([]);
  });
});
