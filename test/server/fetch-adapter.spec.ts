import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "@playwright/test";
import { createRequestListener } from "../../src/server/fetch-adapter.ts";
import { serve } from "../support/serve.ts";

/** Responds with the request as JSON, except at the paths below. */
const mirror = async (request: Request) => {
  const { method, url, headers } = request;
  if (new URL(url).pathname === "/other") return undefined;
  if (new URL(url).pathname === "/broken") throw new Error("out of order");
  if (new URL(url).pathname === "/partly-read") await request.body?.getReader().read();
  if (/^\/(unread|partly-read)$/.test(new URL(url).pathname)) return new Response(null, { status: 204 });
  return Response.json(
    { method, url, x: headers.get("x-many"), body: await request.text() },
    { status: 201, headers: { "x-answer": "yes" } },
  );
};
async function raw(address: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(address).port), "127.0.0.1");
  socket.write(bytes);
  return text(socket);
}

test("passes the whole request to the handler, and the handler's whole response to the client", async () => {
  const address = await serve(createRequestListener(mirror));
  const response = await fetch(`${address}/a%20b?c=%28`, {
    method: "POST",
    body: "é".repeat(99_999),
    headers: { "x-many": "1, 2" },
  });
  expect([response.status, response.headers.get("x-answer")]).toEqual([201, "yes"]);
  expect(await response.json()).toEqual({
    ...{ method: "POST", url: `${address}/a%20b?c=%28`, x: "1, 2" },
    body: "é".repeat(99_999),
  });
  expect(await (await fetch(address)).json()).toMatchObject({ method: "GET", body: "" });
  expect(await (await fetch(address, { method: "HEAD" })).text()).toBe("");
});

test("answers with 404 if the handler returns undefined", async () => {
  const address = await serve(createRequestListener(mirror));
  const response = await fetch(`${address}/other`, { method: "POST", body: "body" });
  expect([response.status, await response.text()]).toEqual([404, ""]);
});

const requestOf = (path: string, length: number) =>
  `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`;
const last = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

test("discards an unread body before the next request on the connection", async () => {
  const address = await serve(createRequestListener(mirror));
  for (const path of ["/unread", "/partly-read"]) {
    const answers = await raw(address, `${requestOf(path, 3_000_000)}${"x".repeat(3_000_000)}${last}`);
    expect(answers.match(/^HTTP\/1\.1 \d+/gm), path).toEqual(["HTTP/1.1 204", "HTTP/1.1 201"]);
    expect(answers).toContain("/last");
  }
});

test("answers without waiting for the rest of an unread body, and closes the connection", async () => {
  const address = await serve(createRequestListener(mirror));
  for (const path of ["/unread", "/partly-read"]) {
    expect(await raw(address, `${requestOf(path, 99_999)}first`), path).toMatch(/^HTTP\/1\.1 204 /);
  }
});

test("answers with 500 without details if the handler rejects, and prints the error", async () => {
  const address = await serve(createRequestListener(mirror));
  const before = console.error;
  const printed: unknown[] = [];
  console.error = (error) => printed.push(error);
  const response = await fetch(`${address}/broken`);
  console.error = before;
  expect([response.status, await response.text()]).toEqual([500, ""]);
  expect(`${printed}`).toContain("out of order");
});

test("answers with 400 if an HTTP message cannot be converted to a Request object", async () => {
  const address = await serve(createRequestListener(mirror));
  const end = "Connection: close\r\n\r\n";
  for (const host of ["a b<>", "a/b", "user@a", "[::1"]) {
    expect(await raw(address, `GET / HTTP/1.1\r\nHost: ${host}\r\n${end}`), host).toMatch(/^HTTP\/1\.1 400 /);
  }
  expect(await raw(address, `GET //evil.example/x HTTP/1.1\r\nHost: a\r\n${end}`)).toContain(
    '"http://a//evil.example/x"',
  );
});
