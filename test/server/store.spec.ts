import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type Call, maxCalls, newEngagementId, type State, withCall } from "../../src/hubspot/api/state.ts";
import { openStore } from "../../src/server/store.ts";

let folder = "";
let path = "";
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
  path = join(folder, "state", "hubspot.json");
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

const callOf = (engagementId: number, createdAt = engagementId): Call => {
  const externalCallId = `call-${engagementId}`;
  return {
    engagementId,
    externalCallId,
    direction: "OUTBOUND",
    state: "created",
    properties: { a: "\ud800" },
    createdAt,
  };
};
const stamps = { createdAt: "2026-03-31T12:00:00.000Z", updatedAt: "2026-03-31T12:00:00.000Z" };
const full: State = {
  apps: {
    123: {
      channelConnection: { url: "https://example.com/", isReady: false, ...stamps },
      recording: { urlToRetrieveAuthedRecording: "https://example.com/%s" },
    },
    124: {},
  },
  calls: { 7: { ...callOf(7), cleared: { b: "old" }, by: "api", recordingReady: true, updatedAt: 8 } },
};

/** The errors that are printed meanwhile. */
async function printedBy(task: () => Promise<void>): Promise<unknown[]> {
  const before = console.error;
  const printed: unknown[] = [];
  console.error = (line) => printed.push(line);
  try {
    await task();
  } finally {
    console.error = before;
  }
  return printed;
}

test("without a file nothing is remembered, and none is made before something is", async () => {
  const store = await openStore(path);
  expect(store.get()).toEqual({ apps: {}, calls: {} });
  expect(existsSync(path)).toBe(false);
});

test("what is set is there at once, and after a restart", async () => {
  const store = await openStore(path);
  const written = store.set(full);
  expect(store.get()).toBe(full);
  await written;
  expect((await openStore(path)).get()).toEqual(full);
  await store.set({ ...full, calls: {} });
  expect((await openStore(path)).get()).toEqual({ ...full, calls: {} });
});

test("changes in a row are written in order, few times, and leave one file", async () => {
  const store = await openStore(path);
  const writes = new Set<Promise<void>>();
  for (let id = 1; id <= 200; id++) writes.add(store.set(withCall(store.get(), callOf(id))));
  expect(writes.size).toBeLessThan(3);
  await Promise.all(writes);
  expect(Object.keys((await openStore(path)).get().calls)).toHaveLength(200);
  expect(readdirSync(join(folder, "state"))).toEqual(["hubspot.json"]);
});

test("a change that comes while another is written is written after it, and nothing goes wrong", async () => {
  const store = await openStore(path);
  const writes: Promise<void>[] = [];
  const printed = await printedBy(async () => {
    for (let id = 1; id <= 50; id++) {
      writes.push(store.set(withCall(store.get(), callOf(id))));
      await new Promise(setImmediate);
    }
    await Promise.all(writes);
  });
  expect(printed).toEqual([]);
  expect((await openStore(path)).get()).toEqual(store.get());
  expect(readdirSync(join(folder, "state"))).toEqual(["hubspot.json"]);
});

test("the file is whole at any moment", async () => {
  const store = await openStore(path);
  await store.set(full);
  let last = Promise.resolve();
  let ended = false;
  for (let id = 1; id <= 50; id++) last = store.set(withCall(store.get(), callOf(id)));
  void last.then(() => {
    ended = true;
  });
  let looks = 0;
  for (; !ended; looks++) {
    JSON.parse(readFileSync(path, "utf8"));
    await new Promise(setImmediate);
  }
  expect(looks).toBeGreaterThan(0);
});

test("each change is told, until nobody wants to hear of it", async () => {
  const store = await openStore(path);
  const heard: State[] = [];
  const stop = store.onChange(() => heard.push(store.get()));
  await store.set(full);
  stop();
  await store.set({ apps: {}, calls: {} });
  expect(heard).toEqual([full]);
});

const broken: [what: string, content: string][] = [
  ["is empty", ""],
  ["is cut off", JSON.stringify(full).slice(0, 50)],
  ["is a list", "[]"],
  ["has other fields", '{"apps":{},"calls":{},"x":1}'],
  ["has a call of another shape", '{"apps":{},"calls":{"7":{"engagementId":"7"}}}'],
  ["has an app whose id is none", '{"apps":{"x":{}},"calls":{}}'],
];
for (const [what, content] of broken) {
  test(`a file that ${what} is an error that names it and says what to do`, async () => {
    path = join(folder, "hubspot.json");
    writeFileSync(path, content);
    await expect(openStore(path)).rejects.toThrow(`${path} is broken; delete it`);
    expect(readFileSync(path, "utf8")).toBe(content);
  });
}

test("a file that cannot be read is an error that names it", async () => {
  await expect(openStore(folder)).rejects.toThrow(`${folder} cannot be read`);
});

test("a file that cannot be written is printed, and what is remembered lives on", async () => {
  writeFileSync(join(folder, "state"), "in the way");
  // On some systems a path through a file is missing, on others an error.
  const store = await openStore(join(folder, "hubspot.json"));
  rmSync(folder, { recursive: true });
  writeFileSync(folder, "in the way");
  const printed = await printedBy(() => store.set(full));
  expect(store.get()).toBe(full);
  expect(`${printed}`).toContain(`${join(folder, "hubspot.json")} cannot be written`);
});

test("of more than 1,000 calls the oldest are forgotten", () => {
  let state: State = { apps: {}, calls: {} };
  for (let id = 1; id <= maxCalls + 5; id++) state = withCall(state, callOf(id, id === 3 ? 9999 : id));
  const kept = Object.keys(state.calls).map(Number);
  expect(kept).toHaveLength(1000);
  expect(kept.slice(0, 2)).toEqual([3, 7]);
  expect(Object.keys(withCall(state, callOf(7, 7)).calls)).toHaveLength(1000);
});

test("a new engagement id is one that no call has", () => {
  const state = withCall(withCall(full, callOf(1000)), callOf(1001));
  expect(newEngagementId(state, 1000)).toBe(1002);
  expect(newEngagementId(state, 999)).toBe(999);
});
