import { expect, test } from "@playwright/test";
import { UsageError } from "../../src/node/usage-error.ts";
import { chance } from "../support/random.ts";
import { commandLine, initial, read, readHelp } from "../support/settings-command.ts";

const { received, run } = commandLine();

const wrong: [args: string[], says: string][] = [
  [[], "RESOURCE: is missing; write calling, channel-connection, recording, call"],
  [["--dry-run"], "RESOURCE: is missing"],
  [["constructor", "get"], "RESOURCE: unknown command 'constructor'; write calling, channel-connection"],
  [["caling", "get"], "RESOURCE: unknown command 'caling' (Did you mean calling?); write calling"],
  [["calling"], 'ACTION: unknown action ""; use one of get, create, update, delete'],
  [["recording", "delete"], 'ACTION: unknown action "delete"; use one of get, create, update'],
  [["call", "7", "create"], 'ACTION: unknown action "create"; use one of get, update'],
  [["call", "7", "delete"], 'ACTION: unknown action "delete"; use one of get, update'],
  [["call", "create", "7"], 'unexpected argument "7"'],
  [["call", "get"], 'ID: "get" is not the id of a call'],
  [["call", "7/../8", "get"], 'ID: "7/../8" is not the id of a call'],
  [["calling", "get", "now"], 'unexpected argument "now"'],
  [["calling", "get", "--name", "app"], "--name: get has no fields"],
  [["calling", "update"], "update: no field is given; use one or more of --name --url"],
  [
    ["calling", "update", "--nmae", "app"],
    "unknown option '--nmae' (Did you mean --name?); the-command calling --help",
  ],
  [["recording", "update", "--width", "1"], "unknown option '--width'; the-command recording --help"],
  [["calling", "update", "--hs_call_title", "x"], "unknown option '--hs_call_title'"],
  [["calling", "update", "--name"], "option '--name <VALUE>' argument missing"],
  [["calling", "update", "--name", "--url", "https://a.example"], "--name: its value is missing"],
  [["calling", "update", "--name", "-x"], "write --name=-x"],
  [["calling", "update", "--name", " "], "--name"],
  [["calling", "update", "--name", "a", "--name", "b"], "--name: is given twice"],
  [["recording", "create"], "--urlToRetrieveAuthedRecording: is missing"],
  [["channel-connection", "create"], "--url: is missing"],
  [["calling", "get", "--api", "v4"], '--api: unknown version "v4"; use one of 2026-03, 2026-09, 2025-09, v3'],
  [["calling", "get", "--api", "v3", "--api", "v3"], "--api: is given twice"],
  [["calling", "get", "--timeout", "0"], "--timeout"],
  [["calling", "get", "--timeout", "600.001"], "--timeout"],
  [["calling", "get", "--timeout", "1h"], "--timeout"],
  [["calling", "get", "--dry-run=yes"], "--dry-run"],
  [["call", "create", "--contact", "Ada"], '--contact: "Ada" is wrong; write the contact\'s number'],
  [["call", "create", "--contact", "1", "--contact", "2"], "--contact: is given twice"],
  [["call", "create", "--hs_timestamp="], '--hs_timestamp: "" is wrong'],
  [["call", "7", "update", "--hs_call_body", "x", "--ticket", "1"], "--ticket: use it with create only"],
  [["calling", "update", "--contact", "1"], "unknown option '--contact'"],
];
for (const [args, says] of wrong) {
  test(`rejects "${args.join(" ")}": ${says}`, () => {
    expect(() => read(...args)).toThrow(UsageError);
    expect(() => read(...args)).toThrow(says);
    expect(() => read(...args)).not.toThrow("\n");
  });
}

test("accepts a value that begins with a dash behind an equals sign", () => {
  expect(read("calling", "update", "--name=--url").fields).toEqual({ name: "--url" });
});

test("accepts options in any position", () => {
  for (const words of [
    "--dry-run --timeout 3 calling update --name a",
    "calling --name a --timeout=3 update --dry-run",
  ]) {
    expect(read(...words.split(" "))).toMatchObject({ dryRun: true, timeoutMs: 3000, fields: { name: "a" } });
  }
});

test("creates a call with the given properties, the current time and associations", () => {
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

test("converts the timeout to whole milliseconds, as AbortSignal needs them", () => {
  const timeout = (seconds: string) => read("calling", "get", "--timeout", seconds).timeoutMs;
  expect(["1.2345", "0.001", "600", "1.1"].map(timeout)).toEqual([1235, 1, 600_000, 1100]);
});

test("accepts or rejects each of 300 generated command lines with a reason", () => {
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
  const odd = [
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
  let taken = 0;
  for (let count = 0; count < 300; count++) {
    const start = below(3) === 0 ? [] : [pick(words.slice(0, 4)), pick(words.slice(4, 8))];
    const rest = Array.from({ length: below(4) }, () =>
      pick([
        pick(words),
        pick(flags),
        pick(odd),
        pick(texts),
        `${pick(flags)}=${pick(texts)}`,
        String.fromCharCode(...bytes(5)),
      ]),
    );
    const args = [...start, ...rest];
    try {
      const { fields } = read(...args);
      taken++;
      for (const value of Object.values(fields)) expect(["string", "number", "boolean"]).toContain(typeof value);
    } catch (error) {
      expect(error, JSON.stringify(args)).toBeInstanceOf(UsageError);
      expect(String(error), JSON.stringify(args)).toMatch(/\w/);
    }
  }
  expect(taken).toBeGreaterThan(10);
});

test("exits with 2 for wrong usage, prints the reason to stderr and sends nothing", async () => {
  for (const args of [[], ["calling", "update", "--nmae", "app"], ["calling", "create", "--width", "wide"]]) {
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout, received]).toEqual([2, "", []]);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr).not.toBe("");
  }
});

test("prints resources, actions and variables for --help, and fields for the --help of a resource", () => {
  const root = readHelp("--help");
  for (const word of ["the-command", "calling get|create|update|delete", "call create|ID get", "--dry-run"]) {
    expect(root).toContain(word);
  }
  for (const word of ["HUBSPOT_API_URL", "2025-09", "2026-09", "Exit code"]) expect(root).toContain(word);
  const fields: Record<string, string[]> = {
    calling: ["--usesRemote", "(create: 400)", "--dry-run"],
    "channel-connection": ["--isReady", "WEBHOOK_URL"],
    recording: ["--urlToRetrieveAuthedRecording"],
    call: ["--hs_call_body", "--contact", "(create: now)", "hs_ are accepted too"],
  };
  for (const [resource, words] of Object.entries(fields)) {
    for (const word of words) expect(readHelp(resource, "--help")).toContain(word);
    expect(readHelp("help", resource)).toBe(readHelp(resource, "--help"));
  }
});

test("prints --help without a key, and nothing else to stdout", async () => {
  const { code, stdout, stderr } = await run(["--help"], { HUBSPOT_APP_ID: "", HUBSPOT_DEVELOPER_API_KEY: "" });
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("npm run settings -- RESOURCE ACTION");
});
