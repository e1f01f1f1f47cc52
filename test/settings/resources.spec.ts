import { expect, test } from "@playwright/test";
import { readCommand, UsageError, usage } from "../../src/settings/resources.ts";
import { chance } from "../setup/chance.ts";
import { commandLine } from "./command-line.ts";

const { received, run } = commandLine();

const read = (...args: string[]) => readCommand(args, { name: "app", url: "https://localhost:9025/" });

const wrong: [args: string[], says: string][] = [
  [[], 'RESOURCE: "" is none; write calling, channel-connection, recording, call'],
  [["constructor", "get"], 'RESOURCE: "constructor" is none'],
  [["calling"], 'ACTION: "" is none; write get, create, update, delete'],
  [["recording", "delete"], 'ACTION: "delete" is none; write get, create, update'],
  [["call", "7", "create"], 'ACTION: "create" is none; write get, update'],
  [["call", "get"], 'ID: "get" is none'],
  [["call", "7/../8", "get"], 'ID: "7/../8" is none'],
  [["calling", "get", "now"], '"now" is one word too many'],
  [["calling", "get", "--name", "app"], "--name: get takes no fields"],
  [["calling", "update"], "update: of what? Known: --name --url"],
  [["calling", "update", "--nmae", "app"], "Unknown option '--nmae'; known: --name --url --width"],
  [["recording", "update", "--width", "1"], "--width: is not known here; known: --urlToRetrieveAuthedRecording"],
  [["calling", "update", "--hs_call_title", "x"], "--hs_call_title: is not known here"],
  [["calling", "update", "--name"], "--name"],
  [["calling", "update", "--name", " "], "--name"],
  [["calling", "update", "--name", "a", "--name", "b"], "--name: is given twice"],
  [["recording", "create"], "--urlToRetrieveAuthedRecording: is missing"],
  [["channel-connection", "create"], "--url: is missing"],
  [["calling", "get", "--api", "v4"], '--api: "v4" is none; write 2026-03 or v3'],
  [["calling", "get", "--timeout", "0"], "--timeout"],
  [["calling", "get", "--timeout", "1h"], "--timeout"],
  [["calling", "get", "--dry-run=yes"], "--dry-run"],
];
for (const [args, says] of wrong) {
  test(`${args.join(" ") || "nothing"} is refused with: ${says}`, () => {
    expect(() => read(...args)).toThrow(UsageError);
    expect(() => read(...args)).toThrow(says);
  });
}

const values: [field: string, good: [text: string, sent: unknown][], bad: string[]][] = [
  [
    "width",
    [
      ["1", 1],
      ["2147483647", 2147483647],
    ],
    ["0", "-1", "1.5", "2147483648", "1e3", "0x10", " 1", "", "400px", "010"],
  ],
  [
    "isReady",
    [
      ["true", true],
      ["false", false],
    ],
    ["True", "1", "yes", "", "constructor"],
  ],
  [
    "url",
    [
      ["https://example.com/a?b=c#d", "https://example.com/a?b=c#d"],
      ["http://localhost:9025/", "http://localhost:9025/"],
      ["http://127.0.0.1:9026", "http://127.0.0.1:9026"],
      ["http://[::1]/", "http://[::1]/"],
    ],
    [
      "http://example.com",
      "http://127.0.0.1.example.com",
      "http://localhost.example.com",
      "example.com",
      "/webhook",
    ].concat([
      "javascript:alert(1)",
      "https://",
      "https:example.com",
      " https://example.com",
      "https://exa mple.com",
      "",
    ]),
  ],
];
for (const [field, good, bad] of values) {
  test(`--${field} takes what it should, and nothing else`, () => {
    for (const [text, sent] of good) {
      expect(read("calling", "update", `--${field}`, text)?.fields).toEqual({ [field]: sent });
      expect(read("calling", "update", `--${field}=${text}`)?.fields).toEqual({ [field]: sent });
    }
    for (const text of bad) {
      expect(() => read("calling", "update", `--${field}=${text}`), text).toThrow(new RegExp(`^--${field}: `));
    }
  });
}

test("a recording's URL is https and has a place for the call's id", () => {
  const update = (url: string) => read("recording", "update", "--urlToRetrieveAuthedRecording", url)?.fields;
  expect(update("https://example.com/%s?a=1")).toEqual({ urlToRetrieveAuthedRecording: "https://example.com/%s?a=1" });
  for (const url of ["https://example.com/", "http://localhost/%s", "https://example.com/%d", "%s"]) {
    expect(() => update(url), url).toThrow("an https URL with %s");
  }
});

test("a timeout is whole milliseconds, as AbortSignal takes it", () => {
  const timeout = (seconds: string) => read("calling", "get", "--timeout", seconds)?.timeout;
  expect(["1.2345", "0.001", "600", "1.1"].map(timeout)).toEqual([1235, 1, 600_000, 1100]);
});

test("a call's properties are texts, and an empty one clears", () => {
  const update = (...args: string[]) => read("call", "7", "update", ...args)?.fields;
  expect(update("--hs_call_duration", "1000", "--hs_call_body=", "--hubspot_owner_id", "5", "--hs_any", "-")).toEqual({
    hs_call_duration: "1000",
    hs_call_body: "",
    hubspot_owner_id: "5",
    hs_any: "-",
  });
  expect(update("--hs_timestamp", "2026-03-31T12:00:00Z", "--hs_call_direction", "INBOUND")).toBeDefined();
  for (const bad of [
    "hs_timestamp=today",
    "hs_call_duration=1.5",
    "hs_call_direction=IN",
    "hs_call_recording_url=http://a/b",
  ]) {
    expect(() => update(`--${bad}`), bad).toThrow(UsageError);
  }
});

test("300 generated command lines are each taken or refused with a reason", () => {
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
      const command = read(...args);
      if (command) taken++;
      for (const value of Object.values(command?.fields ?? {}))
        expect(["string", "number", "boolean"]).toContain(typeof value);
    } catch (error) {
      expect(error, JSON.stringify(args)).toBeInstanceOf(UsageError);
      expect(String(error), JSON.stringify(args)).toMatch(/\w/);
    }
  }
  expect(taken).toBeGreaterThan(10);
});

test("wrong use exits with 2, says why on stderr and sends nothing", async () => {
  for (const args of [[], ["calling", "update", "--nmae", "app"], ["calling", "create", "--width", "wide"]]) {
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout, received]).toEqual([2, "", []]);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr).not.toBe("");
  }
});

test("--help prints every resource, action, field and variable, and needs no key", async () => {
  const { code, stdout, stderr } = await run(["--help"], { HUBSPOT_APP_ID: "", HUBSPOT_DEVELOPER_API_KEY: "" });
  expect([code, stdout, stderr]).toEqual([0, usage, ""]);
  for (const word of [
    "calling get|create|update|delete",
    "--usesRemote",
    "--dry-run",
    "HUBSPOT_API_URL",
    "--hs_call_body",
  ]) {
    expect(usage).toContain(word);
  }
});
