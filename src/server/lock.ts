// Reserves a file for one process. The lock is a local socket rather than a file, because the system closes sockets even if
// the process is killed.
import { createHash } from "node:crypto";
import { realpathSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { pathKey } from "../node/path-key.ts";

export interface Lock {
  close(): Promise<void>;
}

/**
 * The lock does not keep the process running.
 * @throws an Error with a one-line message if another server uses the file, or if the file cannot be locked
 */
export async function openLock(path: string): Promise<Lock> {
  const address = addressOf(path);
  const server = createServer((socket) => socket.destroy()).unref();
  // Connect first, because Wine lets two servers listen on the same pipe.
  const isInUse = await isAnswered(address);
  // On systems other than Linux and Windows, a killed process leaves its socket in the file system. Delete that socket.
  if (!isInUse && isFile(address)) rmSync(address, { force: true });
  const code = isInUse ? "EADDRINUSE" : await listen(server, address);
  if (code === "EADDRINUSE") {
    throw new Error(`${path} is in use by another server; stop that server, or store the state in another file`);
  }
  if (code !== undefined) throw new Error(`${path} cannot be locked (${code}); store the state in another file`);
  return { close: () => new Promise((closed) => server.close(() => closed())) };
}

/** Returns the same address for every path to the file. */
function addressOf(path: string): string {
  const key = pathKey(realPath(path));
  const hash = createHash("sha256").update(key).digest("hex").slice(0, 32);
  const name = `hubspot-calling-app-${hash}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  // On Linux, a socket whose name starts with NUL is abstract: it is not in the file system.
  return process.platform === "linux" ? `\0${name}` : join(tmpdir(), name);
}

const isFile = (address: string) => !/^[\0\\]/.test(address);

function realPath(path: string): string {
  for (const [existing, rest] of [
    [path, ""],
    [dirname(path), basename(path)],
  ] as const) {
    try {
      return join(realpathSync.native(existing), rest);
    } catch {
      // The path does not exist yet.
    }
  }
  return path;
}

/** Resolves with undefined when the server listens, or with the error code if it cannot. */
function listen(server: Server, address: string): Promise<string | undefined> {
  return new Promise((done) => {
    const fail = (error: Error) => done("code" in error ? `${error.code}` : error.message);
    server.once("error", fail).listen(address, () => {
      server.off("error", fail);
      done(undefined);
    });
  });
}

function isAnswered(address: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(address, () => {
      socket.destroy();
      done(true);
    });
    socket.on("error", () => done(false));
  });
}
