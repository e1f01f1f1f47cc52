// Serves the files in one folder with http-server, which receives only file names, never paths with folders.
import { type RequestListener, Server, ServerResponse } from "node:http";
import { createServer } from "http-server";

/**
 * Creates a listener that serves the folder's files with these headers. It sends errors without a body, because
 * http-server's error pages contain the folder's path.
 */
export function createFileListener(root: string, headers: Record<string, string>): RequestListener {
  const files = createServer({ root, headers: { ...headers }, cache: -1, showDir: "false" });
  // This inner server never listens on a port; it only passes requests to http-server's handler.
  const server = "server" in files && files.server;
  if (!(server instanceof Server)) {
    throw new Error("http-server has no inner server; install the version that package.json requires");
  }
  return (request, response) => {
    const [name] = /^\/[\w.-]{0,99}(?=$|\?)/.exec(request.url ?? "") ?? [];
    if (name === undefined) {
      response.writeHead(404, { "content-length": 0 }).end();
      return;
    }
    request.url = name;
    prepareResponse(response);
    server.emit("request", request, response);
  };
}

function prepareResponse(response: ServerResponse): void {
  const ownProperty = { value: {}, writable: true };
  Object.defineProperties(response, {
    // http-server 14 reads these two properties. Without this override, Node 20 and 22 would print a deprecation warning.
    _headers: ownProperty,
    _headerNames: ownProperty,
    write: {
      value: (chunk: Uint8Array) =>
        response.statusCode >= 400 || ServerResponse.prototype.write.call(response, chunk, "utf8"),
    },
  });
}
