import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "@playwright/test";
import { listener } from "../../src/server/listener.ts";
import { serve } from "../setup/serve.ts";

/** Answers with what it was asked. */
const mirror = async (request: Request) => {
  const { method, url, headers } = request;
  if (new URL(url).pathname === "/other") return undefined;
  if (new URL(url).pathname === "/broken") throw new Error("out of order");
  if (new URL(url).pathname === "/unread") return new Response(null, { status: 204 });
  return Response.json(
    { method, url, x: headers.get("x-many"), body: await request.text() },
    { status: 201, headers: { "x-answer": "yes" } },
  );
};
const otherwise = listener(
  async (request) => new Response(`otherwise ${await request.text()}`),
  (_, response) => void response.end(),
);

/** What comes back for these bytes. */
async function raw(address: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(address).port), "127.0.0.1");
  socket.write(bytes);
  return text(socket);
}

test("a request arrives whole, and so does its answer", async () => {
  const address = await serve(listener(mirror));
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

test("a request that nobody answers is handed on unread", async () => {
  const address = await serve(listener(mirror, otherwise));
  expect(await (await fetch(`${address}/other`, { method: "POST", body: "body" })).text()).toBe("otherwise body");
  expect((await fetch(`${await serve(listener(mirror))}/other`)).status).toBe(404);
});

test("what is left unread does not disturb the next request", async () => {
  const address = await serve(listener(mirror));
  for (let count = 0; count < 5; count++) {
    expect((await fetch(`${address}/unread`, { method: "POST", body: "x".repeat(9999) })).status).toBe(204);
  }
});

test("whoever sends without end is hung up on", async () => {
  const address = await serve(listener(mirror));
  const answer = await raw(address, "POST /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\n\r\nfirst");
  expect(answer).toMatch(/^HTTP\/1\.1 204 [\s\S]*\r\nconnection: close\r\n/i);
});

test("a rejection is printed, and answered with 500 alone", async () => {
  const address = await serve(listener(mirror));
  const before = console.error;
  const printed: unknown[] = [];
  console.error = (error) => printed.push(error);
  const response = await fetch(`${address}/broken`);
  console.error = before;
  expect([response.status, await response.text()]).toEqual([500, ""]);
  expect(`${printed}`).toContain("out of order");
});

test("what no Request can be is 400", async () => {
  const address = await serve(listener(mirror));
  const end = "Connection: close\r\n\r\n";
  expect(await raw(address, `TRACE / HTTP/1.1\r\nHost: a\r\n${end}`)).toMatch(/^HTTP\/1\.1 400 /);
  expect(await raw(address, `GET / HTTP/1.1\r\nHost: a b<>\r\n${end}`)).toMatch(/^HTTP\/1\.1 400 /);
  expect(await raw(address, `GET //evil.example/x HTTP/1.1\r\nHost: a\r\n${end}`)).toContain(
    '"http://a//evil.example/x"',
  );
});
