// Opens ports on this machine, and rejects requests for other hosts.
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
} from "node:http";
import { createServer as createHttpsServer } from "node:https";

/**
 * localhost can resolve to either address, and browsers try ::1 first. If the server listened on only one address, another
 * program could answer at the printed URL.
 */
const addresses = ["127.0.0.1", "::1"];
/** A different hostname in the Host header can mean DNS rebinding: another site's name now resolves to this machine. */
const hostnames = ["localhost", "127.0.0.1", "[::1]"];

export interface PortOptions {
  /** 0 for any free port. */
  port: number;
  /** The name of the variable or option that sets the port, for error messages. */
  variable: string;
  /** Key and certificate, as PEM. If they are set, the port uses https. */
  tls?: { key: string; cert: string };
  /** The time limit for receiving a request, including its body. */
  requestTimeoutMs: number;
  /** The hostname of a tunnel that forwards requests from the internet, and the only path that such requests may have. */
  tunnel: { host: string | undefined; path: string };
}

export interface OpenPort {
  port: number;
  /** Also closes every connection. */
  close(): Promise<void>;
}

/**
 * Opens a port on 127.0.0.1 and, if the machine supports IPv6, on ::1. The listener receives direct requests to this machine
 * and port, and requests to the tunnel's path. All other requests get a 404.
 * @throws an Error with a one-line message if the port cannot be opened, for example because it is busy
 */
export async function openPort(options: PortOptions, listener: RequestListener): Promise<OpenPort> {
  // A port that is free on the first address may be busy on the second one, so try again with another port.
  for (let attempt = 1; ; attempt++) {
    const servers = addresses.map(() => createServer(options));
    const close = async () => void (await Promise.all(servers.map(closeServer)));
    try {
      const port = await listenOnAll(servers, options);
      for (const server of servers) server.on("request", filter(options, port, listener));
      return { port, close };
    } catch (error) {
      await close();
      if (options.port !== 0 || attempt === 10) throw error;
    }
  }
}

async function listenOnAll(servers: Server[], { port: requested, variable }: PortOptions): Promise<number> {
  let port = requested;
  for (const [index, server] of servers.entries()) {
    const address = addresses[index];
    const code = await listen(server, port, address);
    if (code === undefined) port = portOf(server);
    else if (address !== "::1" || !withoutIPv6.includes(code)) throw new Error(explain(code, port, address, variable));
  }
  return port;
}

/** The error codes of `listen` on a machine without IPv6. */
const withoutIPv6 = ["EADDRNOTAVAIL", "EAFNOSUPPORT", "EINVAL"];

/** Resolves with undefined when the server listens, or with the error code if it cannot. */
function listen(server: Server, port: number, address: string | undefined): Promise<string | undefined> {
  return new Promise((resolve) => {
    server.once("error", (error) => resolve("code" in error ? `${error.code}` : error.message));
    server.listen(port, address, () => resolve(undefined));
  });
}

function explain(code: string, port: number, address: string | undefined, variable: string): string {
  const on = address === "::1" ? " on [::1]" : "";
  if (code === "EADDRINUSE") {
    return `port ${port} is busy${on}; stop the program that uses it, or set ${variable} to another port`;
  }
  if (code === "EACCES") {
    return `port ${port} is not allowed${on}: the process lacks the privileges, or the system reserves the port; set ${variable} to another port`;
  }
  return `port ${port} cannot be opened${on} (${code}); set ${variable} to another port`;
}

function filter({ tls, tunnel }: PortOptions, port: number, listener: RequestListener): RequestListener {
  const hosts = new Set(hostnames.map((name) => new URL(`${tls ? "https" : "http"}://${name}:${port}`).host));
  return (request, response) => {
    const host = request.headers.host?.toLowerCase() ?? "";
    const isLocal = hosts.has(host) && !isForwarded(request);
    const isFromTunnel = (hosts.has(host) || host === tunnel.host) && pathOf(request) === tunnel.path;
    if (isLocal || isFromTunnel) listener(request, response);
    else response.writeHead(404, { "content-length": 0 }).end();
  };
}

/** WEBHOOK_URL may have a query, which HubSpot then also sends. */
const pathOf = ({ url = "" }: IncomingMessage) => url.replace(/\?.*/s, "");

/** Whether a proxy forwarded the request. The Host header does not show this if the proxy replaces the hostname. */
function isForwarded({ headers }: IncomingMessage): boolean {
  return Object.keys(headers).some((name) => name === "forwarded" || name.startsWith("x-forwarded-"));
}

function createServer({ tls, requestTimeoutMs }: PortOptions): Server {
  const options: ServerOptions = {
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: requestTimeoutMs / 10,
  };
  return tls
    ? createHttpsServer({ ...options, ...tls, handshakeTimeout: requestTimeoutMs })
    : createHttpServer(options);
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function portOf(server: Server): number {
  const bound = server.address();
  if (bound && typeof bound === "object") return bound.port;
  throw new Error("the server is not listening on a port");
}
