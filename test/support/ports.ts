// The test server's ports. They are free, so the server does not conflict with another server that is already running.
import { createServer } from "node:net";

export async function freePorts(): Promise<{ PORT: string; HTTP_PORT: string }> {
  const servers = [createServer(), createServer()];
  const reservations = servers.map(
    (server) =>
      new Promise<string>((resolve, reject) => {
        server.on("error", reject).listen(0, "127.0.0.1", () => {
          const address = server.address();
          resolve(typeof address === "object" && address ? `${address.port}` : "");
        });
      }),
  );
  const [PORT = "", HTTP_PORT = ""] = await Promise.all(reservations);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return { PORT, HTTP_PORT };
}

const { TEST_PORT, TEST_HTTP_PORT } = process.env;

/** The ports of the server that all tests share. The workers also load this file, and read the ports from the environment. */
export const ports = TEST_PORT && TEST_HTTP_PORT ? { PORT: TEST_PORT, HTTP_PORT: TEST_HTTP_PORT } : await freePorts();

process.env.TEST_PORT = ports.PORT;
process.env.TEST_HTTP_PORT = ports.HTTP_PORT;
