import { expect, test } from "@playwright/test";
import { UsageError } from "../../src/node/usage-error.ts";
import { read } from "../support/settings-command.ts";

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
  test(`--${field} accepts valid values and rejects invalid ones`, () => {
    for (const [text, sent] of good) {
      expect(read("calling", "update", `--${field}`, text).fields).toEqual({ [field]: sent });
      expect(read("calling", "update", `--${field}=${text}`).fields).toEqual({ [field]: sent });
    }
    for (const text of bad) {
      expect(() => read("calling", "update", `--${field}=${text}`), text).toThrow(new RegExp(`^--${field}: `));
    }
  });
}

test("requires an https URL with %s for recordings", () => {
  const update = (url: string) => read("recording", "update", "--urlToRetrieveAuthedRecording", url).fields;
  expect(update("https://example.com/%s?a=1")).toEqual({ urlToRetrieveAuthedRecording: "https://example.com/%s?a=1" });
  for (const url of ["https://example.com/", "http://localhost/%s", "https://example.com/%d", "%s"]) {
    expect(() => update(url), url).toThrow("an https URL with %s");
  }
});

test("keeps a call's properties as strings, accepts an empty string, and rejects invalid values", () => {
  const update = (...args: string[]) => read("call", "7", "update", ...args).fields;
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
