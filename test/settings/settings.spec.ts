import { execFileSync } from "node:child_process";
import { expect, test } from "@playwright/test";
import { settings as runSettings } from "../../src/settings/settings.ts";
import { createApi } from "../../src/simulator/api/api.ts";
import { memory } from "../support/memory-store.ts";
import { commandLine, developerKey, token } from "../support/settings-command.ts";

const { received, replies, run, file } = commandLine();

// The fields of SettingsRequest, ChannelConnectionSettingsRequest and RecordingSettingsRequest in version 2026-03 of HubSpot's
// OpenAPI description of calling extensions. POST requires all these fields. PATCH requires no field.
const settings: Record<string, string> = {
  name: "string",
  url: "string",
  width: "int32",
  height: "int32",
  isReady: "boolean",
  supportsCustomObjects: "boolean",
  supportsInboundCalling: "boolean",
  usesCallingWindow: "boolean",
  usesRemote: "boolean",
};
const channelConnection: Record<string, string> = { url: "string", isReady: "boolean" };
const recording: Record<string, string> = { urlToRetrieveAuthedRecording: "string" };

/** Returns the type of each field, as named in the OpenAPI description. */
function typesOf(body: unknown): Record<string, string> {
  const typeOf = (value: unknown) =>
    Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31 ? "int32" : typeof value;
  return Object.fromEntries(Object.entries(body ?? {}).map(([name, value]) => [name, typeOf(value)]));
}

const recordingUrl = "https://example.com/recordings/%s";
const requests: [commandLine: string, method: string, path: string, types?: Record<string, string>][] = [
  ["calling get", "GET", "/settings"],
  ["calling create", "POST", "/settings", settings],
  ["calling update --isReady true --width 500", "PATCH", "/settings", { isReady: "boolean", width: "int32" }],
  ["calling delete", "DELETE", "/settings"],
  ["channel-connection get", "GET", "/settings/channel-connection"],
  ["channel-connection create", "POST", "/settings/channel-connection", channelConnection],
  ["channel-connection update --isReady true", "PATCH", "/settings/channel-connection", { isReady: "boolean" }],
  ["channel-connection delete", "DELETE", "/settings/channel-connection"],
  ["recording get", "GET", "/settings/recording"],
  [`recording create --urlToRetrieveAuthedRecording ${recordingUrl}`, "POST", "/settings/recording", recording],
  [`recording update --urlToRetrieveAuthedRecording=${recordingUrl}`, "PATCH", "/settings/recording", recording],
];
for (const [line, method, path, types] of requests) {
  test(`${line} sends ${method} ${path} as documented`, async () => {
    const both = await Promise.all(["2026-03", "v3"].map((version) => run([...line.split(" "), "--api", version])));
    expect(both).toMatchObject([
      { code: 0, stderr: "" },
      { code: 0, stderr: "" },
    ]);
    expect(received.map((request) => request.path).sort((one, other) => one.localeCompare(other))).toEqual([
      `/crm/extensions/calling/2026-03/12345${path}`,
      `/crm/v3/extensions/calling/12345${path}`,
    ]);
    for (const request of received) {
      expect(request).toMatchObject({ method, query: { hapikey: developerKey } });
      expect(request.headers.authorization).toBeUndefined();
      expect(request.headers["content-type"]).toBe(types && "application/json");
      expect(typesOf(request.body)).toEqual(types ?? {});
    }
  });
}

// The same description defines MarkRecordingAsReadyRequest and CompletedThirdPartyCallRequest. The URLs to which these requests
// are sent contain no app id.
test("`recording ready` sends the engagement id, with the account's token", async () => {
  replies.push({ status: 204 });
  const result = await run(["recording", "ready", "--engagementId", "42"], {
    HUBSPOT_ACCESS_TOKEN: token,
    HUBSPOT_APP_ID: "",
  });
  expect(result).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(received).toMatchObject([
    { method: "POST", path: "/crm/extensions/calling/2026-03/recordings/ready", body: { engagementId: 42 } },
  ]);
  expect([received[0]?.headers.authorization, received[0]?.query]).toEqual([`Bearer ${token}`, {}]);
});

test("`inbound-call create` sends all required fields, and the optional fields from the command line", async () => {
  const numbers = ["--fromNumber", "+12025550109", "--toNumber=+12025550100"];
  const required = ["--externalCallId", "a-1", "--finalCallStatus", "MISSED", ...numbers];
  const optional = ["--durationSeconds", "0", "--userId", "9", "--potentialRecipientUserIds", "8,9"];
  const others = ["--fromNumberType", "MOBILE", "--toNumberExtension", "12", "--hs_call_title", "Missed"];
  replies.push({ body: { callerIdMatches: [] } });
  const { code, stdout } = await run(["inbound-call", "create", ...required], { HUBSPOT_APP_ID: "" });
  expect([code, JSON.parse(stdout)]).toEqual([0, { callerIdMatches: [] }]);
  await run(["inbound-call", "create", ...required, ...optional, ...others, "--createEngagement=false", "--api=v3"]);
  const body = {
    externalCallId: "a-1",
    finalCallStatus: "MISSED",
    fromNumber: { e164Number: "+12025550109", phoneNumberType: "UNKNOWN" },
    toNumber: { e164Number: "+12025550100", phoneNumberType: "UNKNOWN" },
    createEngagement: true,
    potentialRecipientUserIds: [],
    engagementProperties: {},
  };
  expect(received.map(({ path }) => path)).toEqual([
    "/crm/extensions/calling/2026-03/inbound-call",
    "/crm/v3/extensions/calling/inbound-call",
  ]);
  expect(received.map((request) => request.body)).toEqual([
    body,
    {
      ...body,
      fromNumber: { e164Number: "+12025550109", phoneNumberType: "MOBILE" },
      toNumber: { ...body.toNumber, extension: "12" },
      createEngagement: false,
      durationSeconds: 0,
      userId: 9,
      potentialRecipientUserIds: [8, 9],
      engagementProperties: { hs_call_title: "Missed" },
    },
  ]);
});

test("the simulator accepts the requests that `recording ready` and `inbound-call create` send", async () => {
  const store = memory();
  const api = createApi({ store, matchesOf: () => [] });
  const send = async ({ path, body }: (typeof received)[number]) => {
    const headers = { "content-type": "application/json", authorization: "Bearer x" };
    return api(new Request(`http://127.0.0.1${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
  };
  const args = "inbound-call create --externalCallId a --finalCallStatus COMPLETED --fromNumber +12025550109";
  await run([...args.split(" "), "--toNumber", "+12025550100", "--callStartedTimestamp", "2026-03-31T12:00:00Z"]);
  expect(await Promise.all(received.map(async (request) => (await send(request))?.status))).toEqual([200]);
  const [id = ""] = Object.keys(store.get().calls);
  await run(["recording", "ready", "--engagementId", id]);
  expect((await Promise.all(received.slice(1).map(send)))[0]?.status).toBe(204);
  expect(store.get().calls[id]).toMatchObject({ externalCallId: "a", direction: "INBOUND", recordingReady: true });
});

test("`create` sends the fields from the command line, and defaults from the project", async () => {
  await run(["calling", "create"]);
  await run(["calling", "create", "--name", "It's = mine", "--url=https://example.com/?a=b", "--usesRemote", "true"]);
  await run(["channel-connection", "create"]);
  await run(["channel-connection", "create"], { WEBHOOK_URL: "https://example.com/numbers" });
  expect(received.map(({ body }) => body)).toMatchObject([
    { name: "the-project", url: "https://localhost:1234/app/", isReady: false, width: 400, height: 600 },
    { name: "It's = mine", url: "https://example.com/?a=b", isReady: false, usesRemote: true },
    { url: "https://localhost:1234/app/webhook", isReady: false },
    { url: "https://example.com/numbers", isReady: false },
  ]);
});

test("`calling create` requires --url in a folder without package.json", async () => {
  file("package.json", undefined);
  const { code, stderr } = await run(["calling", "create", "--name", "Softphone"]);
  expect([code, stderr, received]).toEqual([2, "--url: is missing; create requires it\n", []]);
});

test.describe("a call", () => {
  test("is created and associated with its record, at the path for the API version", async () => {
    const versions: [version: string, path: string][] = [
      ["2026-03", "/crm/objects/2026-03/calls"],
      ["v3", "/crm/v3/objects/calls"],
    ];
    for (const [version, path] of versions) {
      received.length = 0;
      replies.push({ status: 201, body: { id: "8" } });
      const args = ["call", "create", "--hs_call_title", "Renewal", "--contact", "51", "--api", version];
      const { code, stdout } = await run(args, { HUBSPOT_APP_ID: "" });
      expect([code, JSON.parse(stdout)]).toEqual([0, { id: "8" }]);
      expect(received).toMatchObject([{ method: "POST", path }]);
      const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 194 }];
      expect(received[0]?.body).toEqual({
        properties: { hs_call_title: "Renewal", hs_timestamp: expect.stringMatching(/^20\d\d-.*Z$/) },
        associations: [{ to: { id: "51" }, types }],
      });
    }
  });

  const properties = { hs_call_title: "Demo", hs_call_body: "as before", hs_call_duration: null };

  test("is updated with only the properties that differ", async () => {
    replies.push({ body: { id: "7", properties } }, { body: { id: "7", properties: { hs_call_title: "New" } } });
    const { code, stdout } = await run(
      ["call", "7", "update", "--hs_call_title", "New", "--hs_call_body", "as before", "--hs_custom=1"],
      { HUBSPOT_APP_ID: "" },
    );
    expect([code, JSON.parse(stdout)]).toEqual([0, { id: "7", properties: { hs_call_title: "New" } }]);
    expect(received).toMatchObject([
      { method: "GET", path: "/crm/objects/2026-03/calls/7", query: { properties: expect.any(String) } },
      { method: "PATCH", path: "/crm/objects/2026-03/calls/7", body: expect.any(Object) },
    ]);
    expect(received[0]?.query.properties).toBe("hs_call_title,hs_call_body,hs_custom");
    expect(received[1]?.body).toEqual({ properties: { hs_call_title: "New", hs_custom: "1" } });
  });

  test("is printed without an update if no property differs", async () => {
    replies.push({ body: { id: "7", properties } });
    const { code, stdout } = await run(["call", "7", "update", "--hs_call_title", "Demo"]);
    expect([code, JSON.parse(stdout), received.length]).toEqual([0, { id: "7", properties }, 1]);
  });

  test("is requested with its properties at the v3 path", async () => {
    await run(["call", "7", "get", "--api", "v3"]);
    expect(received[0]?.path).toBe("/crm/v3/objects/calls/7");
    expect(received[0]?.query.properties).toContain("hs_call_body,");
  });

  test("is not updated if it does not exist", async () => {
    replies.push({ status: 404, body: { message: "no such call" } });
    expect((await run(["call", "7", "update", "--hs_call_title", "New"])).code).toBe(1);
    expect(received).toHaveLength(1);
  });
});

test("prints only the JSON of the response to stdout", async () => {
  const body = { name: "Ünïcode", createdAt: "2026-03-31T12:00:00Z", isReady: true };
  replies.push({ body }, { status: 204 }, { body: "not JSON" });
  const [settings, deletion, page] = [
    await run(["calling", "get"]),
    await run(["calling", "delete"]),
    await run(["calling", "get"]),
  ];
  expect([settings.code, settings.stderr, JSON.parse(settings.stdout)]).toEqual([0, "", body]);
  expect([deletion.code, deletion.stderr, deletion.stdout]).toEqual([0, "", ""]);
  expect([page.code, page.stdout]).toEqual([1, ""]);
});

test("uses another program's name when it runs in that program, and does not end the program", async () => {
  const printed: string[] = [];
  const { error } = console;
  console.error = (line: string) => printed.push(line);
  try {
    expect(await runSettings(["calling", "update", "--nmae", "x"], "npx other settings")).toBe(2);
  } finally {
    console.error = error;
  }
  expect(printed).toEqual([
    expect.stringMatching(/^unknown option '--nmae'.*; run `npx other settings calling --help`$/),
  ]);
  expect(process.exitCode).toBeUndefined();
});

test("reads .env and package.json files that have a byte order mark", async () => {
  file(".env", "\ufeffHUBSPOT_APP_ID=77\n");
  file("package.json", '\ufeff{"name":"marked","homepage":"https://localhost:1234/"}');
  await run(["calling", "create"], { HUBSPOT_APP_ID: undefined });
  expect(received).toMatchObject([{ path: expect.stringContaining("/77/"), body: { name: "marked" } }]);
});

const unusable: [name: string, content: string, line: RegExp][] = [
  [".env", "P\0O\0R\0T\0=\x001\0", /^\.env is in UTF-16; save it as UTF-8\.\n$/],
  ["package.json", "{", /^package\.json cannot be used: .*JSON.*\n$/],
  ["package.json", '{"name":7}', /^package\.json cannot be used: name: .*\n$/],
];
for (const [name, content, line] of unusable) {
  test(`prints one line that names ${name} if the file contains ${JSON.stringify(content)}`, async () => {
    file(name, content);
    const { code, stderr } = await run(["calling", "get"]);
    expect([code, stderr, received]).toEqual([1, expect.stringMatching(line), []]);
  });
}

test("sends the same requests from a separate process, with the same output and exit code", async () => {
  const commands: [code: number, status: number, ...args: string[]][] = [
    [0, 200, "calling", "get"],
    [1, 404, "calling", "get"],
    [2, 200, "calling", "update", "--nmae", "x"],
    [0, 200, "--help"],
  ];
  for (const [code, status, ...args] of commands) {
    replies.splice(0, replies.length, { status, body: { name: "Zoë" } }, { status, body: { name: "Zoë" } });
    const here = await run(args);
    expect(here.code, args.join(" ")).toBe(code);
    expect(await run(args, {}, { isSeparate: true }), args.join(" ")).toEqual(here);
  }
  expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual(
    Array(4).fill("GET /crm/extensions/calling/2026-03/12345/settings"),
  );
});

test("exits with 1 if it cannot write to stdout", async () => {
  test.skip(process.platform !== "linux", "only Linux has /dev/full");
  const unprinted = "the request succeeded, but its response cannot be printed: ";
  const cases: [args: string[], start: string][] = [
    [["calling", "get"], unprinted],
    [["calling", "get", "--dry-run"], ""],
    [["--help"], ""],
  ];
  for (const [args, start] of cases) {
    const { code, stderr } = await run(args, {}, { stdout: "/dev/full" });
    expect([code, stderr]).toEqual([1, expect.stringMatching(`^${start}cannot write to stdout: ENOSPC[^;\n]*\n$`)]);
  }
});

test("escapes control characters in the response's JSON", async () => {
  const body = { "a\u009b2J": "\u001b[2J\u0085\u007f\u202e\u2028", text: "Zoë 👍🏽 نمی‌خواهم" };
  replies.push({ body });
  const { code, stdout } = await run(["calling", "get"]);
  expect([code, JSON.parse(stdout)]).toEqual([0, body]);
  expect(stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
  expect(stdout).toContain(body.text);
});

test("rejects a response whose JSON is nested too deeply", async () => {
  replies.push(
    { body: `${"[".repeat(400_000)}${"]".repeat(400_000)}` },
    { body: `${"[".repeat(50)}${"]".repeat(50)}` },
  );
  const { code, stdout, stderr } = await run(["calling", "get"]);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(
    /^GET http.*\/settings answered 200 with JSON that has more than 100 nesting levels; check HUBSPOT_API_URL\n$/,
  );
  expect((await run(["calling", "get"])).code).toBe(0);
});

test("needs neither a key nor an app id for a dry run, but rejects an invalid key or app id", async () => {
  const noAccess = { HUBSPOT_APP_ID: "", HUBSPOT_DEVELOPER_API_KEY: "" };
  const { code, stdout } = await run(["calling", "get", "--dry-run"], noAccess);
  expect([code, stdout]).toEqual([0, expect.stringContaining("/2026-03/HUBSPOT_APP_ID/settings?hapikey=***'")]);
  for (const wrong of [{ HUBSPOT_APP_ID: "x" }, { HUBSPOT_DEVELOPER_API_KEY: "a b" }]) {
    const result = await run(["calling", "get", "--dry-run"], { ...noAccess, ...wrong });
    expect([result.code, result.stderr]).toEqual([2, expect.stringContaining(Object.keys(wrong).join())]);
  }
  expect((await run(["calling", "get"], noAccess)).code).toBe(2);
  expect(received).toEqual([]);
});

test("ignores trailing slashes in HUBSPOT_API_URL", async () => {
  const { stdout } = await run(["calling", "get", "--dry-run"], { HUBSPOT_API_URL: "https://api.example//" });
  expect(stdout).toMatch(/'https:\/\/api\.example\/[^/]/);
});

test("prints a dry run as a command that a shell can execute", async () => {
  test.skip(process.platform === "win32", "Windows has no sh");
  const { code, stdout } = await run(["calling", "update", "--name", `it's "$HOME" \`id\` \\`, "--dry-run"]);
  expect([code, received]).toEqual([0, []]);
  const printed = execFileSync("sh", ["-c", `curl() { printf '%s\\n' "$@"; }; ${stdout}`], { encoding: "utf8" });
  expect(printed.trimEnd().split("\n")).toEqual([
    "-X",
    "PATCH",
    expect.stringMatching(/^http:.*\/crm\/extensions\/calling\/2026-03\/12345\/settings\?hapikey=\*\*\*$/),
    "-H",
    "content-type: application/json",
    "-d",
    JSON.stringify({ name: `it's "$HOME" \`id\` \\` }),
  ]);
});

test("prints every request of a dry run, and sends none", async () => {
  const call = await run(["call", "7", "update", "--hs_call_body", "notes", "--dry-run"], {
    HUBSPOT_ACCESS_TOKEN: token,
  });
  expect(call.stdout.trimEnd().split("\n")).toEqual([
    expect.stringMatching(/^curl -X GET .*authorization: Bearer \*\*\*/),
    expect.stringMatching(/^curl -X PATCH .*-d '{"properties":{"hs_call_body":"notes"}}'$/),
  ]);
  expect(received).toEqual([]);
});
