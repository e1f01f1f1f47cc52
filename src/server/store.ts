// Stores the simulator's state in a JSON file, so that the state survives a restart, or only in memory.
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { readIfThere } from "../node/read-file.ts";
import { NotWrittenError, type State, type Store, state } from "../simulator/api/state.ts";

/**
 * Starts with an empty state if there is no path or no file. If the file cannot be written later, `set` prints an error,
 * keeps the state in memory, and rejects with a NotWrittenError. Calls `onChange` after each change.
 * @throws an Error with the path if the file is invalid or cannot be read
 */
export function createStore(path?: string, onChange = () => {}): Store {
  let current = path === undefined ? { apps: {}, calls: {} } : read(path);
  let lastWrite = Promise.resolve();
  let nextWrite: Promise<void> | undefined;

  /** A write that is still waiting for the previous write to end also includes this change. */
  function save(): Promise<void> {
    if (path === undefined) return lastWrite;
    nextWrite ??= lastWrite
      .catch(() => {}) // The promise that `set` returned for the earlier change rejects with this error.
      .then(() => {
        nextWrite = undefined;
        return write(path, current);
      });
    lastWrite = nextWrite;
    return nextWrite;
  }

  return {
    get: () => current,
    set: (next) => {
      current = next;
      const written = save();
      onChange();
      return written;
    },
  };
}

function read(path: string): State {
  const content = readIfThere(path);
  if (!content) return { apps: {}, calls: {} };
  try {
    return v.parse(state, JSON.parse(new TextDecoder().decode(content)));
  } catch (error) {
    const where = error instanceof v.ValiError ? `${v.getDotPath(error.issues[0]) ?? "the file"}: ` : "";
    const why = error instanceof Error ? error.message : error;
    throw new Error(`${path} is broken; delete it to start with an empty state. ${where}${why}`);
  }
}

/** Writes a temporary file first, so that the file always contains a complete state, even after a crash or on a full disk. */
async function write(path: string, content: State): Promise<void> {
  // The name contains the process id, because another process may write a temporary file for the same path.
  const temporary = `${path}.${process.pid}.new`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, JSON.stringify(content, null, 2), { flush: true });
    await replace(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    const message = `${path} cannot be written; the simulator will lose the latest changes when it stops`;
    console.error(`${message}. ${error}`);
    throw new NotWrittenError(message);
  }
}

/** On Windows, a program that reads the file, such as a virus scanner, can block the rename for a moment. */
const blocked = ["EPERM", "EACCES", "EBUSY"];
const retryDelaysMs = [10, 20, 40, 80, 160, 320, 640, 1280];

async function replace(temporary: string, path: string): Promise<void> {
  for (const delayMs of [...retryDelaysMs, undefined]) {
    try {
      return await rename(temporary, path);
    } catch (error) {
      const isBlocked = error instanceof Error && "code" in error && blocked.includes(`${error.code}`);
      if (!isBlocked || delayMs === undefined) throw error;
      await sleep(delayMs);
    }
  }
}
