import { execFileSync, spawn } from "node:child_process";
import fs, { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "@playwright/test";
import { buildSync } from "esbuild";
import { createStore } from "../../src/server/store.ts";
import { createApi } from "../../src/simulator/api/api.ts";
import {
  type Call,
  maxCalls,
  NotWrittenError,
  newEngagementId,
  type State,
  withCall,
} from "../../src/simulator/api/state.ts";

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

/** Returns the lines that the task prints with console.error. */
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

test("is empty without a file, and does not create the file before the first change", async () => {
  const store = createStore(path);
  expect(store.get()).toEqual({ apps: {}, calls: {} });
  expect(existsSync(path)).toBe(false);
});

test("returns the new state immediately after a change, and after a restart", async () => {
  const store = createStore(path);
  const written = store.set(full);
  expect(store.get()).toBe(full);
  await written;
  expect(createStore(path).get()).toEqual(full);
  await store.set({ ...full, calls: {} });
  expect(createStore(path).get()).toEqual({ ...full, calls: {} });
});

test("combines many changes into few writes, and leaves one file", async () => {
  const store = createStore(path);
  const writes = new Set<Promise<void>>();
  for (let id = 1; id <= 200; id++) writes.add(store.set(withCall(store.get(), callOf(id))));
  expect(writes.size).toBeLessThan(3);
  await Promise.all(writes);
  expect(Object.keys(createStore(path).get().calls)).toHaveLength(200);
  expect(readdirSync(join(folder, "state"))).toEqual(["hubspot.json"]);
});

test("queues a change that arrives during a write, and then writes it", async () => {
  const store = createStore(path);
  const writes: Promise<void>[] = [];
  const printed = await printedBy(async () => {
    for (let id = 1; id <= 50; id++) {
      writes.push(store.set(withCall(store.get(), callOf(id))));
      await new Promise(setImmediate);
    }
    await Promise.all(writes);
  });
  expect(printed).toEqual([]);
  expect(createStore(path).get()).toEqual(store.get());
  expect(readdirSync(join(folder, "state"))).toEqual(["hubspot.json"]);
});

test("keeps the file complete during many writes", async () => {
  const store = createStore(path);
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

test("calls onChange after each change", async () => {
  const states: State[] = [];
  const store = createStore(path, () => states.push(store.get()));
  const written = store.set(full);
  expect(states).toEqual([full]);
  await written;
  await store.set({ apps: {}, calls: {} });
  expect(states).toEqual([full, { apps: {}, calls: {} }]);
});

const broken: [fault: string, content: string][] = [
  ["is empty", ""],
  ["is cut off", JSON.stringify(full).slice(0, 50)],
  ["is a list", "[]"],
  ["has unknown fields", '{"apps":{},"calls":{},"x":1}'],
  ["has an invalid call", '{"apps":{},"calls":{"7":{"engagementId":"7"}}}'],
  ["has an app with an invalid id", '{"apps":{"x":{}},"calls":{}}'],
];
for (const [fault, content] of broken) {
  test(`throws an error with the path and a remedy for a file that ${fault}`, () => {
    path = join(folder, "hubspot.json");
    writeFileSync(path, content);
    expect(() => createStore(path)).toThrow(`${path} is broken; delete it`);
    expect(readFileSync(path, "utf8")).toBe(content);
  });
}

test("throws an error with the path if the file is a folder", () => {
  expect(() => createStore(folder)).toThrow(`${folder} cannot be read`);
});

test("throws an error with the path if the file is a pipe, without waiting for it", () => {
  test.skip(process.platform === "win32", "Windows has no named pipes");
  path = join(folder, "pipe");
  execFileSync("mkfifo", [path]);
  // Without this writer, a read of the pipe would block forever.
  const writer = spawn("sh", ["-c", 'echo > "$0"', path]);
  expect(() => createStore(path)).toThrow(`${path} cannot be read`);
  writer.kill();
});

test("answers a request with 500 if its change cannot be written, and writes that change with the next one", async () => {
  const store = createStore(path);
  const api = createApi({ store, matchesOf: () => [] });
  const post = async (id: number) => {
    const headers = { "content-type": "application/json", authorization: "Bearer x" };
    const body = JSON.stringify({ name: "app", url: "https://app.example/" });
    const url = `http://127.0.0.1/crm/v3/extensions/calling/${id}/settings`;
    return (await api(new Request(url, { method: "POST", headers, body })))?.status;
  };
  writeFileSync(join(folder, "state"), "in the way");
  const printed = await printedBy(async () => expect(await post(1)).toBe(500));
  expect(`${printed}`).toContain(`${path} cannot be written`);
  rmSync(join(folder, "state"));
  expect(await post(2)).toBe(200);
  expect(Object.keys(createStore(path).get().apps)).toEqual(["1", "2"]);
});

test("retries while another program blocks the file, and resolves only when the file is written", async () => {
  const { rename } = fs.promises;
  const codes = ["EPERM", "EACCES", "EBUSY"];
  let renamed = false;
  fs.promises.rename = async (from, to) => {
    const code = codes.shift();
    if (code) throw Object.assign(new Error(code), { code });
    renamed = true;
    await rename(from, to);
  };
  syncBuiltinESMExports();
  try {
    expect(await printedBy(() => createStore(path).set(full))).toEqual([]);
    expect([codes, renamed]).toEqual([[], true]);
    expect(createStore(path).get()).toEqual(full);
  } finally {
    fs.promises.rename = rename;
    syncBuiltinESMExports();
  }
});

test("prints that a file cannot be written, and keeps the state in memory", async () => {
  writeFileSync(join(folder, "state"), "in the way");
  // Some systems report a path through a file as missing. Other systems report an error.
  const store = createStore(join(folder, "hubspot.json"));
  rmSync(folder, { recursive: true });
  writeFileSync(folder, "in the way");
  const printed = await printedBy(() => expect(store.set(full)).rejects.toThrow(NotWrittenError));
  expect(store.get()).toBe(full);
  expect(`${printed}`).toContain(`${join(folder, "hubspot.json")} cannot be written`);
});

test.describe("in a separate process", () => {
  /** Starts a process that stores calls one by one, each with a string of this length, and prints each stored id. */
  function start(calls: number, textLength: number, ...command: string[]) {
    const script = join(folder, "store.mjs");
    const contents = `
      import { withCall } from "./src/simulator/api/state.ts";
      import { createStore } from "./src/server/store.ts";
      process.on("SIGXFSZ", () => {});
      const store = createStore(process.argv[2]);
      for (let id = 1; id <= ${calls}; id++) {
        const call = { ...${JSON.stringify(callOf(0))}, engagementId: id, properties: { text: "x".repeat(${textLength}) } };
        await store.set(withCall(store.get(), call));
        process.stdout.write(id + "\\n");
      }`;
    buildSync({
      stdin: { contents, resolveDir: "." },
      outfile: script,
      bundle: true,
      platform: "node",
      format: "esm",
    });
    const [program = process.execPath, ...args] = [...command, process.execPath, script, path];
    return spawn(program, args);
  }

  test("loses no confirmed change if the process is killed", async () => {
    for (const count of [1, 3, 9, 20]) {
      const child = start(1000, 100_000);
      let printed = "";
      for await (const chunk of child.stdout) {
        printed += chunk;
        if (printed.split("\n").length > count) child.kill("SIGKILL");
      }
      const stored = Object.keys(createStore(path).get().calls).length;
      expect(stored).toBeGreaterThanOrEqual(printed.split("\n").length - 1);
      rmSync(path);
    }
  });

  test("prints an error if the disk is full, and keeps the last complete file", async () => {
    test.skip(process.platform === "win32", "Windows has no ulimit");
    // The first write beyond the limit is short, as on an almost full disk. The next write fails.
    const child = start(20, 10_000, "sh", "-c", 'ulimit -f 100; exec "$@"', "sh");
    let error = "";
    for await (const chunk of child.stderr) error += chunk;
    const stored = Object.keys(createStore(path).get().calls);
    expect(stored.length).toBeGreaterThan(1);
    expect(stored.length).toBeLessThan(12);
    expect(error).toContain(`${path} cannot be written`);
    expect(readdirSync(dirname(path)).filter((name) => name.endsWith(".new"))).toEqual([]);
  });
});

test("removes the oldest calls if there are more than 1,000", () => {
  let state: State = { apps: {}, calls: {} };
  for (let id = 1; id <= maxCalls + 5; id++) state = withCall(state, callOf(id, id === 3 ? 9999 : id));
  const stored = Object.keys(state.calls).map(Number);
  expect(stored).toHaveLength(1000);
  expect(stored.slice(0, 2)).toEqual([3, 7]);
  expect(Object.keys(withCall(state, callOf(7, 7)).calls)).toHaveLength(1000);
});

test("creates an engagement id that no call has", () => {
  const state = withCall(withCall(full, callOf(1000)), callOf(1001));
  expect(newEngagementId(state, 1000)).toBe(1002);
  expect(newEngagementId(state, 999)).toBe(999);
});
