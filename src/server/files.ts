// The built pages of one folder: http-server's work, of which no path but a file's name is asked.
import { type RequestListener, Server, ServerResponse } from "node:http";
import { createServer } from "http-server";

/**
 * A listener that answers with the files of this folder and these headers. What is not there is a status alone: the
 * pages that http-server has for errors name the folder.
 */
export function serveFiles(root: string, headers: Record<string, string>): RequestListener {
  const files = createServer({ root, headers: { ...headers }, cache: -1, showDir: "false" });
  // Its listener, without its port: its own request objects cannot be read by anything but itself.
  const server = "server" in files && files.server;
  if (!(server instanceof Server)) {
    throw new Error("http-server has no server to hand requests to; the version in package.json has.");
  }
  return (request, response) => {
    const [name] = /^\/[\w.-]{0,99}(?=$|\?)/.exec(request.url ?? "") ?? [];
    if (name === undefined) return void response.writeHead(404, { "content-length": 0 }).end();
    request.url = name;
    const own = { value: {}, writable: true };
    Object.defineProperties(response, {
      // http-server 14 looks for these two on the response, where Node 20 and 22 warn whoever asks.
      _headers: own,
      _headerNames: own,
      write: {
        value: (chunk: Uint8Array) =>
          response.statusCode >= 400 || ServerResponse.prototype.write.call(response, chunk, "utf8"),
      },
    });
    server.emit("request", request, response);
  };
}
