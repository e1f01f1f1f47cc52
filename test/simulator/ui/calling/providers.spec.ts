import { expect, test } from "@playwright/test";
import type { RegisteredApp } from "../../../../src/simulator/ui/backend/server-state.ts";
import {
  defaultSize,
  providerOptions,
  rememberedProvider,
  rememberProvider,
} from "../../../../src/simulator/ui/calling/providers.ts";

const key = "LocalSettings:Calling:CallingExtensions";
const deprecatedKey = "LocalSettings:Sales:CallingExtensions";
const demoKey = "LocalSettings:Calling:installDemoWidget";
const own = { id: "own", name: "Calling app", url: "http://localhost:9026/", ...defaultSize, isReady: true };

function storageOf(content: { [key: string]: string }): Storage {
  const items = new Map(Object.entries(content));
  return {
    length: items.size,
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
    clear: () => items.clear(),
  };
}

/** Returns the options for this storage content, and the reported problems. */
function optionsFor(
  content: { [key: string]: unknown },
  requestedUrl: string | null = null,
  registered: RegisteredApp[] = [],
) {
  const texts = Object.entries(content).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const problems: string[] = [];
  const storage = storageOf(Object.fromEntries(texts));
  return {
    options: providerOptions(own.url, requestedUrl, registered, storage, (problem) => problems.push(problem)),
    problems,
  };
}

test("offers this project's app by default", () => {
  expect(optionsFor({})).toEqual({ options: [own], problems: [] });
});

const mine = { name: "Mine", url: "https://localhost:3000/" };

test("adds the app stored under HubSpot's localStorage key, with the app's name and size", () => {
  const full = { ...mine, isReady: false, width: 300, height: 500 };
  expect(optionsFor({ [key]: full })).toEqual({ options: [own, { id: "override", ...full }], problems: [] });
});

test("requires only name and url in a stored app, and ignores supportsCustomObjects", () => {
  const expected = { id: "override", ...mine, ...defaultSize, isReady: true };
  expect(optionsFor({ [key]: mine }).options).toEqual([own, expected]);
  expect(optionsFor({ [key]: { ...mine, supportsCustomObjects: true } }).options).toEqual([own, expected]);
});

test("reads the deprecated key if the newer key is missing", () => {
  expect(optionsFor({ [deprecatedKey]: mine }).options).toEqual([
    own,
    { id: "override", ...mine, ...defaultSize, isReady: true },
  ]);
  const newer = { ...mine, name: "Newer" };
  const { options } = optionsFor({ [deprecatedKey]: mine, [key]: newer });
  expect(options.map(({ name }) => name)).toEqual(["Calling app", "Newer"]);
});

test('adds the local demo if the demo key is "local"', () => {
  const demo = { id: "local", name: "Demo App Local", url: "https://localhost:9025/", ...defaultSize, isReady: true };
  expect(optionsFor({ [demoKey]: "local" }).options).toEqual([own, demo]);
  for (const other of ["app", "app:js", "true", ""]) expect(optionsFor({ [demoKey]: other }).options).toEqual([own]);
});

test("lists the app in the page's URL first, with its host as the name", () => {
  const { options, problems } = optionsFor({ [key]: mine }, "http://localhost:3000/softphone?a=b");
  const requested = {
    id: "address",
    name: "localhost:3000",
    url: "http://localhost:3000/softphone?a=b",
    ...defaultSize,
    isReady: true,
  };
  expect(options.map(({ name }) => name)).toEqual(["localhost:3000", "Calling app", "Mine"]);
  expect(options[0]).toEqual(requested);
  expect(problems).toEqual([]);
});

for (const requestedUrl of ["localhost:3000", "softphone", "javascript:alert(1)", "data:text/html,x", "about:blank"]) {
  test(`rejects ${requestedUrl} in the page's URL`, () => {
    expect(optionsFor({}, requestedUrl)).toEqual({
      options: [own],
      problems: [`Invalid URL "${requestedUrl}" in ?app=; use a full URL such as http://localhost:3000/.`],
    });
  });
}

const invalidValues: [value: unknown, field: string][] = [
  ["Mine", "the value"],
  ["", "the value"],
  [null, "the value"],
  [[], "name"],
  [{ url: mine.url }, "name"],
  [{ name: "Mine" }, "url"],
  [{ ...mine, name: 7 }, "name"],
  [{ ...mine, url: "localhost:3000" }, "url"],
  [{ ...mine, url: "javascript:alert(1)" }, "url"],
  [{ ...mine, isReady: "true" }, "isReady"],
  [{ ...mine, width: "300" }, "width"],
  [{ ...mine, width: 0 }, "width"],
  [{ ...mine, height: -1 }, "height"],
];
for (const [value, field] of invalidValues) {
  test(`reports the key's value ${JSON.stringify(value)} as invalid: ${field}`, () => {
    for (const name of [key, deprecatedKey]) {
      const { options, problems } = optionsFor({ [name]: value });
      expect(options).toEqual([own]);
      expect(problems).toEqual([expect.stringContaining(`${name} is invalid: ${field}: `)]);
      expect(problems[0]).toMatch(/ The value must be JSON with "name" and "url"\.$/);
    }
  });
}

test("remembers the loaded app", () => {
  const storage = storageOf({});
  expect(rememberedProvider(storage)).toBeUndefined();
  rememberProvider(storage, { id: "app 1", ...mine, width: 300, height: 500, isReady: true });
  expect(rememberedProvider(storage)).toEqual({ id: "remembered", ...mine, width: 300, height: 500, isReady: true });
});

test("ignores an invalid remembered app", () => {
  for (const text of ["", "{", "null", JSON.stringify({ name: "Mine" })]) {
    expect(rememberedProvider(storageOf({ "chosen provider": text })), text).toBeUndefined();
  }
});

const settings = {
  name: "Registered",
  url: "https://app.example/",
  width: 350,
  height: 500,
  isReady: false,
  supportsCustomObjects: true,
  supportsInboundCalling: true,
  usesCallingWindow: false,
  usesRemote: true,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
};
const registered = [{ appId: 1, settings }];
const mode = { supportsInboundCalling: true, usesCallingWindow: false };

test("offers a registered app with its size and isReady", () => {
  const { name, url, width, height, isReady } = settings;
  expect(optionsFor({}, null, registered).options).toEqual([
    own,
    { id: "app 1", name, url, width, height, isReady, mode },
  ]);
});

test("overrides a registered app with an app of the same name from HubSpot's key, and makes the app ready", () => {
  const override = { name: "Registered", url: "http://localhost:3000/", width: 300 };
  const overridden = { id: "app 1", ...override, height: 500, isReady: true, mode };
  expect(optionsFor({ [key]: override }, null, registered).options).toEqual([own, overridden]);
});

test("does not offer an app that has only a webhook", () => {
  expect(optionsFor({}, null, [{ appId: 2 }]).options).toEqual([own]);
});

test("enables inbound calls if the stored app sets supportsInboundCalling or, without it, if LocalSettings:Calling:supportsInboundCalling is true", () => {
  const [, byKey] = optionsFor({ [key]: mine, "LocalSettings:Calling:supportsInboundCalling": "true" }).options;
  expect(byKey?.mode).toEqual({ supportsInboundCalling: true, usesCallingWindow: true });
  const [, bySetting] = optionsFor({
    [key]: { ...mine, supportsInboundCalling: true, usesCallingWindow: false },
  }).options;
  expect(bySetting?.mode).toEqual(mode);
});
