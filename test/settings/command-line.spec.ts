import { expect, test } from "@playwright/test";
import { UsageError } from "../../src/node/usage-error.ts";
import { chance } from "../support/random.ts";
import { commandLine, initial, read, readHelp } from "../support/settings-command.ts";

const { received, run } = commandLine();

const inbound = ["--externalCallId", "a", "--finalCallStatus", "COMPLETED", "--toNumber", "+12025550100"];
const wrong: [args: string[], message: string][] = [
  [[], "RESOURCE: is missing; use one of calling, channel-connection, recording, call, inbound-call"],
  [["--dry-run"], "RESOURCE: is missing"],
  [["constructor", "get"], "RESOURCE: unknown resource 'constructor'; use one of calling, channel-connection"],
  [["caling", "get"], "RESOURCE: unknown resource 'caling' (Did you mean calling?); use one of calling"],
  [["calling"], "ACTION: is missing; use one of get, create, update, delete"],
  [["recording", "delete"], 'ACTION: unknown action "delete"; use one of get, create, update, ready'],
  [["recording", "ready"], "--engagementId: is missing; ready requires it"],
  [["recording", "ready", "--engagementId", "0"], '--engagementId: invalid value "0"; use a positive whole number'],
  [["recording", "ready", "--engagementId", "9".repeat(17)], "--engagementId: invalid value"],
  [
    ["recording", "ready", "--engagementId", "1", "--urlToRetrieveAuthedRecording", "https://a.example/%s"],
    "--urlToRetrieveAuthedRecording: ready accepts only --engagementId; remove it",
  ],
  [
    ["recording", "update", "--engagementId", "1"],
    "--engagementId: update accepts only --urlToRetrieveAuthedRecording; remove it",
  ],
  [["calling", "ready"], 'ACTION: unknown action "ready"'],
  [["inbound-call", "get"], 'ACTION: unknown action "get"; use one of create'],
  [["inbound-call", "create"], "--externalCallId: is missing; create requires it"],
  [
    ["inbound-call", "create", ...inbound, "--fromNumber", "(030) 123 45"],
    '--fromNumber: invalid value "(030) 123 45"; use an E.164 number: +, country code and number, such as +12025550100',
  ],
  [
    ["inbound-call", "create", ...inbound, "--fromNumber", "+1202", "--potentialRecipientUserIds", "8,,9"],
    '--potentialRecipientUserIds: invalid value "8,,9"; use user ids, separated by commas',
  ],
  [["inbound-call", "create", ...inbound, "--finalCallStatus", "DONE"], "--finalCallStatus: appears twice"],
  [["call", "7", "create"], 'ACTION: unknown action "create"; use one of get, update'],
  [["call", "7", "delete"], 'ACTION: unknown action "delete"; use one of get, update'],
  [["call", "create", "7"], 'unexpected argument "7"'],
  [["call", "get"], 'ID: invalid id "get"; use the engagement id of a call, or the action create'],
  [["call", "7/../8", "get"], 'ID: invalid id "7/../8"'],
  [["calling", "get", "now"], 'unexpected argument "now"'],
  [["calling", "get", "--name", "app"], "--name: get accepts no fields; remove it"],
  [["calling", "update"], "update: requires at least one field; use one or more of --name --url"],
  [
    ["calling", "update", "--nmae", "app"],
    "unknown option '--nmae' (Did you mean --name?); run `the-command calling --help`",
  ],
  [["recording", "update", "--width", "1"], "unknown option '--width'; run `the-command recording --help`"],
  [["calling", "update", "--hs_call_title", "x"], "unknown option '--hs_call_title'"],
  [["calling", "update", "--name"], "--name: its value is missing; run `the-command calling --help`"],
  [["help", "caling"], "RESOURCE: unknown resource; use one of calling"],
  [["call"], "ID: is missing; use the engagement id of a call, or the action create"],
  [["calling", "update", "--name", "--url", "https://a.example"], "--name: its value is missing"],
  [["calling", "update", "--name", "-x"], "write --name=-x"],
  [["calling", "update", "--name", " "], '--name: invalid value " "; use non-blank text'],
  [["calling", "update", "--name", "a", "--name", "b"], "--name: appears twice; use it once"],
  [["recording", "create"], "--urlToRetrieveAuthedRecording: is missing"],
  [["channel-connection", "create"], "--url: is missing"],
  [["calling", "get", "--api", "v4"], '--api: unknown version "v4"; use one of 2026-03, 2026-09, 2025-09, v3'],
  [["calling", "get", "--api", "v3", "--api", "v3"], "--api: appears twice; use it once"],
  [["calling", "get", "--timeout", "0"], '--timeout: invalid value "0"; use a number of seconds, at most 600'],
  [
    ["calling", "get", "--timeout", "600.001"],
    '--timeout: invalid value "600.001"; use a number of seconds, at most 600',
  ],
  [["calling", "get", "--timeout", "1h"], '--timeout: invalid value "1h"; use a number of seconds'],
  [["calling", "get", "--dry-run=yes"], "unknown option '--dry-run=yes'"],
  [["call", "create", "--contact", "Ada"], '--contact: invalid value "Ada"; use the record id of the contact'],
  [["call", "create", "--contact", "1", "--contact", "2"], "--contact: appears twice; use it once"],
  [
    ["call", "create", "--hs_timestamp="],
    '--hs_timestamp: invalid value ""; use a Unix time in milliseconds, or a time such as',
  ],
  [["call", "7", "update", "--hs_call_body", "x", "--ticket", "1"], "--ticket: works only with create; remove it"],
  [["calling", "update", "--contact", "1"], "unknown option '--contact'"],
];
for (const [args, message] of wrong) {
  test(`rejects "${args.join(" ")}": ${message}`, () => {
    expect(() => read(...args)).toThrow(UsageError);
    expect(() => read(...args)).toThrow(message);
    expect(() => read(...args)).not.toThrow("\n");
  });
}

test("accepts a value that begins with a dash if it follows an equals sign", () => {
  expect(read("calling", "update", "--name=--url").fields).toEqual({ name: "--url" });
});

test("accepts options before, between and after the resource and the action", () => {
  for (const line of [
    "--dry-run --timeout 3 calling update --name a",
    "calling --name a --timeout=3 update --dry-run",
  ]) {
    expect(read(...line.split(" "))).toMatchObject({ dryRun: true, timeoutMs: 3000, fields: { name: "a" } });
  }
});

test("reads a new call's properties and associations from the command line, and by default uses the current time", () => {
  const on = (id: string, associationTypeId: number) => ({
    to: { id },
    types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId }],
  });
  const all = "--contact 1 --company 2 --ticket 3".split(" ");
  expect(read("call", "create", "--hs_call_title", "Renewal", "--hs_own=1", ...all)).toMatchObject({
    callId: undefined,
    fields: { hs_call_title: "Renewal", hs_own: "1", hs_timestamp: initial.now },
    associations: [on("1", 194), on("2", 182), on("3", 220)],
  });
  const { fields, associations } = read("call", "create", "--hs_timestamp", "1750000000000");
  expect([fields, associations]).toEqual([{ hs_timestamp: "1750000000000" }, []]);
});

test("converts the timeout to whole milliseconds, which AbortSignal requires", () => {
  const timeout = (seconds: string) => read("calling", "get", "--timeout", seconds).timeoutMs;
  expect(["1.2345", "0.001", "600", "1.1"].map(timeout)).toEqual([1235, 1, 600_000, 1100]);
});

test("accepts each of 300 generated command lines, or rejects it with a reason", () => {
  const { pick, below, bytes } = chance(20);
  const words = [
    "calling",
    "channel-connection",
    "recording",
    "call",
    "get",
    "create",
    "update",
    "delete",
    "7",
    "toString",
  ];
  const flags = [
    "--name",
    "--url",
    "--width",
    "--isReady",
    "--api",
    "--timeout",
    "--dry-run",
    "--hs_x",
    "--hs_",
    "--hs_call_body",
  ];
  const edgeCases = [
    "--",
    "-",
    "-x",
    "--=",
    "--=1",
    "--__proto__=1",
    "--hasOwnProperty",
    "--width=",
    "--no-name",
    "",
    "\0",
    "--hs_a-b",
  ];
  const texts = [
    "true",
    "false",
    "v3",
    "400",
    "-1",
    "https://example.com",
    "%s",
    "https://[",
    "NaN",
    "\ud800",
    "'\"`$",
  ];
  let accepted = 0;
  const types = new Set<string>();
  const failed: string[] = [];
  for (let count = 0; count < 300; count++) {
    const start = below(3) === 0 ? [] : [pick(words.slice(0, 4)), pick(words.slice(4, 8))];
    const rest = Array.from({ length: below(4) }, () =>
      pick([
        pick(words),
        pick(flags),
        pick(edgeCases),
        pick(texts),
        `${pick(flags)}=${pick(texts)}`,
        String.fromCharCode(...bytes(5)),
      ]),
    );
    const args = [...start, ...rest];
    try {
      const { fields } = read(...args);
      accepted++;
      for (const value of Object.values(fields)) types.add(typeof value);
    } catch (error) {
      const hasReason = error instanceof UsageError && /\w/.test(error.message);
      if (!hasReason) failed.push(`${JSON.stringify(args)}: ${error}`);
    }
  }
  expect(failed).toEqual([]);
  expect(types).toEqual(new Set(["string", "number", "boolean"]));
  expect(accepted).toBeGreaterThan(10);
});

test("exits with 2 for a usage error, prints the reason to stderr, and sends nothing", async () => {
  for (const args of [[], ["calling", "update", "--nmae", "app"], ["calling", "create", "--width", "wide"]]) {
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout, received]).toEqual([2, "", []]);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr).not.toBe("");
  }
});

test("lists resources, actions and variables for --help, and lists fields for a resource's --help", () => {
  const root = readHelp("--help");
  for (const word of ["the-command", "calling get|create|update|delete", "call create|ID get", "--dry-run"]) {
    expect(root).toContain(word);
  }
  for (const word of ["HUBSPOT_API_URL", "2025-09", "2026-09", "Exit code"]) expect(root).toContain(word);
  const fields: Record<string, string[]> = {
    calling: ["--usesRemote", "(default for create: 400)", "--dry-run"],
    "channel-connection": ["--isReady", "WEBHOOK_URL"],
    recording: ["--urlToRetrieveAuthedRecording", "--engagementId", "get|create|update|ready"],
    "inbound-call": ["--fromNumber", "(default for create: UNKNOWN)", "any other property whose name begins with hs_"],
    call: ["--hs_call_body", "--contact", "(default for create: now)", "any other property whose name begins with hs_"],
  };
  for (const [resource, words] of Object.entries(fields)) {
    const help = readHelp(resource, "--help").replace(/\s+/g, " ");
    for (const word of words) expect(help).toContain(word);
    expect(readHelp("help", resource)).toBe(readHelp(resource, "--help"));
  }
});

test("prints the --help text without requiring a key, and prints nothing to stderr", async () => {
  const { code, stdout, stderr } = await run(["--help"], { HUBSPOT_APP_ID: "", HUBSPOT_DEVELOPER_API_KEY: "" });
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("npm run settings -- RESOURCE ACTION");
});
