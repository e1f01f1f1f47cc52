import { expect, test } from "@playwright/test";
import {
  providerOptions,
  rememberedProvider,
  rememberProvider,
  usualSize,
} from "../../../src/simulator/ui/providers.ts";
import type { RegisteredApp } from "../../../src/simulator/ui/server-state.ts";

const key = "LocalSettings:Calling:CallingExtensions";
const deprecatedKey = "LocalSettings:Sales:CallingExtensions";
const demoKey = "LocalSettings:Calling:installDemoWidget";
const own = { id: "own", name: "Calling app", url: "http://localhost:9026/", ...usualSize, isReady: true };

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

/** What is offered for the content of the storage, and what is complained of. */
function offered(content: { [key: string]: unknown }, asked: string | null = null, registered: RegisteredApp[] = []) {
  const texts = Object.entries(content).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const complaints: string[] = [];
  const storage = storageOf(Object.fromEntries(texts));
  return {
    offers: providerOptions(own.url, asked, registered, storage, (words) => complaints.push(words)),
    complaints,
  };
}

test("without any setting there is this project's own app", () => {
  expect(offered({})).toEqual({ offers: [own], complaints: [] });
});

const mine = { name: "Mine", url: "https://localhost:3000/" };

test("HubSpot's key adds an app, under its name, at its size", () => {
  const full = { ...mine, isReady: false, width: 300, height: 500 };
  expect(offered({ [key]: full })).toEqual({ offers: [own, { id: "override", ...full }], complaints: [] });
});

test("name and url are enough, and what else HubSpot's settings have is let pass", () => {
  const usual = { id: "override", ...mine, ...usualSize, isReady: true };
  expect(offered({ [key]: mine }).offers).toEqual([own, usual]);
  expect(offered({ [key]: { ...mine, supportsCustomObjects: true } }).offers).toEqual([own, usual]);
});

test("the deprecated key does the same, where the newer is missing", () => {
  expect(offered({ [deprecatedKey]: mine }).offers).toEqual([
    own,
    { id: "override", ...mine, ...usualSize, isReady: true },
  ]);
  const newer = { ...mine, name: "Newer" };
  const { offers } = offered({ [deprecatedKey]: mine, [key]: newer });
  expect(offers.map(({ name }) => name)).toEqual(["Calling app", "Newer"]);
});

test("the demo's key adds the address of the demo, if it says local", () => {
  const demo = { id: "local", name: "Demo App Local", url: "https://localhost:9025/", ...usualSize, isReady: true };
  expect(offered({ [demoKey]: "local" }).offers).toEqual([own, demo]);
  for (const other of ["app", "app:js", "true", ""]) expect(offered({ [demoKey]: other }).offers).toEqual([own]);
});

test("the app in the address comes first, under its host", () => {
  const { offers, complaints } = offered({ [key]: mine }, "http://localhost:3000/softphone?a=b");
  const asked = {
    id: "asked",
    name: "localhost:3000",
    url: "http://localhost:3000/softphone?a=b",
    ...usualSize,
    isReady: true,
  };
  expect(offers.map(({ name }) => name)).toEqual(["localhost:3000", "Calling app", "Mine"]);
  expect(offers[0]).toEqual(asked);
  expect(complaints).toEqual([]);
});

for (const asked of ["localhost:3000", "softphone", "javascript:alert(1)", "data:text/html,x", "about:blank"]) {
  test(`the address cannot ask for ${asked}`, () => {
    expect(offered({}, asked)).toEqual({
      offers: [own],
      complaints: [`?app= must be a URL, as http://localhost:3000/; "${asked}" is none.`],
    });
  });
}

const faults: [value: unknown, field: string][] = [
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
for (const [value, field] of faults) {
  test(`the key's value ${JSON.stringify(value)} is complained of by ${field}`, () => {
    for (const name of [key, deprecatedKey]) {
      const { offers, complaints } = offered({ [name]: value });
      expect(offers).toEqual([own]);
      expect(complaints).toEqual([expect.stringContaining(`${name}: ${field} is wrong: `)]);
      expect(complaints[0]).toMatch(/ HubSpot reads \{"name", "url"\}\.$/);
    }
  });
}

test("a choice that was noted is found again", () => {
  const storage = storageOf({});
  expect(rememberedProvider(storage)).toBeUndefined();
  rememberProvider(storage, { id: "app 1", ...mine, width: 300, height: 500, isReady: true });
  expect(rememberedProvider(storage)).toEqual({ id: "noted", ...mine, width: 300, height: 500, isReady: true });
});

test("a note that is none is let go", () => {
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

test("what is registered is offered at its size, greyed out while it is not ready", () => {
  const { name, url, width, height, isReady } = settings;
  expect(offered({}, null, registered).offers).toEqual([own, { id: "app 1", name, url, width, height, isReady, mode }]);
});

test("the local-storage key overrides the registered app of its name, and makes it ready", () => {
  const override = { name: "Registered", url: "http://localhost:3000/", width: 300 };
  const offer = { id: "app 1", ...override, height: 500, isReady: true, mode };
  expect(offered({ [key]: override }, null, registered).offers).toEqual([own, offer]);
});

test("an app with a webhook alone is nothing to call from", () => {
  expect(offered({}, null, [{ appId: 2 }]).offers).toEqual([own]);
});

test("the key for inbound calls makes a remote of the app that is offered", () => {
  const [, offer] = offered({ [key]: mine, "LocalSettings:Calling:supportsInboundCalling": "true" }).offers;
  expect(offer?.mode).toEqual({ supportsInboundCalling: true, usesCallingWindow: true });
  const [, other] = offered({ [key]: { ...mine, supportsInboundCalling: true, usesCallingWindow: false } }).offers;
  expect(other?.mode).toEqual(mode);
});
