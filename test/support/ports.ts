// Where the tests' own server listens: ports that are free, so that whatever else runs here is not in the way.
import { createServer } from "node:net";

/** Two ports on which nothing listens now. */
export async function freePorts(): Promise<{ PORT: string; HTTP_PORT: string }> {
  const servers = [createServer(), createServer()];
  const taken = servers.map(
    (server) =>
      new Promise<string>((resolve, reject) => {
        server.on("error", reject).listen(0, "127.0.0.1", () => {
          const bound = server.address();
          resolve(typeof bound === "object" && bound ? `${bound.port}` : "");
        });
      }),
  );
  const [PORT = "", HTTP_PORT = ""] = await Promise.all(taken);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return { PORT, HTTP_PORT };
}

const { TEST_PORT, TEST_HTTP_PORT } = process.env;

/** The ports of the server that every test shares. The workers load this file again, and find them in the environment. */
export const ports = TEST_PORT && TEST_HTTP_PORT ? { PORT: TEST_PORT, HTTP_PORT: TEST_HTTP_PORT } : await freePorts();

process.env.TEST_PORT = ports.PORT;
process.env.TEST_HTTP_PORT = ports.HTTP_PORT;
