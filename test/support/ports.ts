// The ports of the tests' server. They are free, so that other programs on this machine do not interfere.
import { createServer } from "node:net";

/** Returns two ports that are free now. */
export async function freePorts(): Promise<{ PORT: string; HTTP_PORT: string }> {
  const servers = [createServer(), createServer()];
  const opened = servers.map(
    (server) =>
      new Promise<string>((resolve, reject) => {
        server.on("error", reject).listen(0, "127.0.0.1", () => {
          const bound = server.address();
          resolve(typeof bound === "object" && bound ? `${bound.port}` : "");
        });
      }),
  );
  const [PORT = "", HTTP_PORT = ""] = await Promise.all(opened);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return { PORT, HTTP_PORT };
}

const { TEST_PORT, TEST_HTTP_PORT } = process.env;

/** The ports of the server that all tests share. Playwright's workers load this file again and read them from the environment. */
export const ports = TEST_PORT && TEST_HTTP_PORT ? { PORT: TEST_PORT, HTTP_PORT: TEST_HTTP_PORT } : await freePorts();

process.env.TEST_PORT = ports.PORT;
process.env.TEST_HTTP_PORT = ports.HTTP_PORT;
