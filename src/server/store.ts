// Keeps the simulator's state in one JSON file, so that it outlives a restart; or in memory alone.
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as v from "valibot";
import { readIfThere } from "../node/read-file.ts";
import { type State, type Store, state } from "../simulator/api/state.ts";

/**
 * Opens the state that is in the file; an empty one, if there is no file. A file that cannot be written later is
 * printed as an error, and the state lives on in memory. Without a path nothing is read or written. `changed` is called
 * after each change.
 * @throws an Error in one line that names the file, and says what to do if it is broken.
 */
export function openStore(path?: string, changed = () => {}): Store {
  let current = path === undefined ? { apps: {}, calls: {} } : read(path);
  let last = Promise.resolve();
  let waiting: Promise<void> | undefined;

  /** A write that has not begun carries this change too. */
  function save(): Promise<void> {
    if (path === undefined) return last;
    waiting ??= last.then(() => {
      waiting = undefined;
      return write(path, current);
    });
    last = waiting;
    return waiting;
  }

  return {
    get: () => current,
    set: (next) => {
      current = next;
      const saved = save();
      changed();
      return saved;
    },
  };
}

function read(path: string): State {
  const content = readIfThere(path);
  if (!content) return { apps: {}, calls: {} };
  try {
    return v.parse(state, JSON.parse(content.toString()));
  } catch (error) {
    const where = error instanceof v.ValiError ? `${v.getDotPath(error.issues[0]) ?? "the file"}: ` : "";
    const why = error instanceof Error ? error.message : error;
    throw new Error(`${path} is broken; delete it, and the simulator starts with nothing registered. ${where}${why}`);
  }
}

/** Whoever reads the file meanwhile, or after a crash, or on a full disk, finds the old state or the new one, whole. */
async function write(path: string, content: State): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.new`, JSON.stringify(content, null, 2), { flush: true });
    await rename(`${path}.new`, path);
  } catch (error) {
    console.error(`${path} cannot be written: what the simulator remembers ends with it. ${error}`);
  }
}
