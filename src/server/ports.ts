// Ports, and who may speak to what listens on them: this machine, by a name of its own, and not for ever.
import { createServer as createHttpServer, type RequestListener, type Server, type ServerOptions } from "node:http";
import { createServer as createHttpsServer } from "node:https";

const address = "127.0.0.1";
/** By any other name it is a site of somebody else's that had its name rebound to this machine. */
const names = ["localhost", address, "[::1]"];

export interface Listening {
  /** The port, 0 for any that is free, and the variable or option that chooses it. */
  port: number;
  variable: string;
  /** With a key and a certificate, as PEM, it speaks https. */
  tls?: { key: string; cert: string };
  /** Milliseconds in which a request must have come, head and body. */
  patience: number;
  /** The host by which a tunnel brings requests of others, and the one path that it may ask. */
  tunnel: { host: string | undefined; path: string };
}

/**
 * Takes a port of this machine and gives its number, and `close`, which ends every connection too. `answer` gets the requests that name this machine as their host,
 * with that port, and the tunnel's; others get 404 and nothing else.
 * @throws an Error in one line, if the port is busy.
 */
export function listen(
  { port, variable, tls, patience, tunnel }: Listening,
  answer: RequestListener,
): Promise<{ port: number; close(): Promise<void> }> {
  const options: ServerOptions = { requestTimeout: patience, connectionsCheckingInterval: patience / 10 };
  const server = tls
    ? createHttpsServer({ ...options, ...tls, handshakeTimeout: patience })
    : createHttpServer(options);
  return new Promise((resolve, reject) => {
    server.on("error", (error) => {
      const busy = "code" in error && error.code === "EADDRINUSE";
      reject(busy ? new Error(`Port ${port} is busy: stop what uses it, or choose another with ${variable}.`) : error);
    });
    server.listen(port, address, () => {
      const taken = portOf(server);
      const hosts = new Set(names.map((name) => new URL(`${tls ? "https" : "http"}://${name}:${taken}`).host));
      server.on("request", (request, response) => {
        const host = request.headers.host?.toLowerCase() ?? "";
        if (hosts.has(host) || (host === tunnel.host && request.url === tunnel.path)) answer(request, response);
        else response.writeHead(404, { "content-length": 0 }).end();
      });
      const close = () =>
        new Promise<void>((closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        });
      resolve({ port: taken, close });
    });
  });
}

function portOf(server: Server): number {
  const bound = server.address();
  if (bound && typeof bound === "object") return bound.port;
  throw new Error("The server listens on no port.");
}
