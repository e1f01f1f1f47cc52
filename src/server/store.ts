// Stores the simulator's state in a JSON file, where it survives a restart, or only in memory.
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as v from "valibot";
import { readIfThere } from "../node/read-file.ts";
import { type State, type Store, state } from "../simulator/api/state.ts";

/**
 * Starts with an empty state if there is no path or no file. If the file cannot be written later, prints an error and
 * keeps the state in memory. Calls `onChange` after each change.
 * @throws an Error in one line, with the path and what to do, if the file is broken or cannot be read.
 */
export function createStore(path?: string, onChange = () => {}): Store {
  let current = path === undefined ? { apps: {}, calls: {} } : read(path);
  let lastWrite = Promise.resolve();
  let nextWrite: Promise<void> | undefined;

  /** A write that has not started yet includes this change. */
  function save(): Promise<void> {
    if (path === undefined) return lastWrite;
    nextWrite ??= lastWrite.then(() => {
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

/** The file always contains a complete state, old or new, even after a crash or on a full disk. */
async function write(path: string, content: State): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.new`, JSON.stringify(content, null, 2), { flush: true });
    await rename(`${path}.new`, path);
  } catch (error) {
    console.error(`${path} cannot be written; the simulator will lose its state when it stops. ${error}`);
  }
}
