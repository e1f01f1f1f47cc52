// Opens ports on this machine, and rejects requests that were meant for another host.
import { createServer as createHttpServer, type RequestListener, type Server, type ServerOptions } from "node:http";
import { createServer as createHttpsServer } from "node:https";

const address = "127.0.0.1";
/** Any other Host header means DNS rebinding: another site's name now resolves to this machine. */
const hostnames = ["localhost", address, "[::1]"];

export interface PortOptions {
  /** 0 for any free port. */
  port: number;
  /** The name of the variable or option that sets the port, for error messages. */
  variable: string;
  /** Key and certificate, as PEM. If they are set, the port uses https. */
  tls?: { key: string; cert: string };
  /** The time limit for receiving a request, including its body. */
  requestTimeoutMs: number;
  /** The host of a tunnel from the internet, and the only path that it may request. */
  tunnel: { host: string | undefined; path: string };
}

export interface OpenPort {
  port: number;
  /** Also closes every connection. */
  close(): Promise<void>;
}

/**
 * Opens a port. The listener receives only requests whose Host header names this machine and port, and requests from
 * the tunnel. All others get a 404.
 * @throws an Error in one line if the port is busy.
 */
export function openPort(options: PortOptions, listener: RequestListener): Promise<OpenPort> {
  const { port, variable, tls, requestTimeoutMs, tunnel } = options;
  const server = createServer(tls, requestTimeoutMs);
  return new Promise((resolve, reject) => {
    server.on("error", (error) => {
      const isBusy = "code" in error && error.code === "EADDRINUSE";
      reject(
        isBusy
          ? new Error(`port ${port} is busy; stop the program that uses it, or set ${variable} to another port`)
          : error,
      );
    });
    server.listen(port, address, () => {
      const openedPort = portOf(server);
      const hosts = new Set(hostnames.map((name) => new URL(`${tls ? "https" : "http"}://${name}:${openedPort}`).host));
      server.on("request", (request, response) => {
        const host = request.headers.host?.toLowerCase() ?? "";
        if (hosts.has(host) || (host === tunnel.host && request.url === tunnel.path)) listener(request, response);
        else response.writeHead(404, { "content-length": 0 }).end();
      });
      resolve({ port: openedPort, close: () => close(server) });
    });
  });
}

function createServer(tls: PortOptions["tls"], requestTimeoutMs: number): Server {
  const options: ServerOptions = {
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: requestTimeoutMs / 10,
  };
  return tls
    ? createHttpsServer({ ...options, ...tls, handshakeTimeout: requestTimeoutMs })
    : createHttpServer(options);
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function portOf(server: Server): number {
  const bound = server.address();
  if (bound && typeof bound === "object") return bound.port;
  throw new Error("the server does not listen on a port");
}
