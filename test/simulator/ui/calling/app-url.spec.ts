import { expect, test } from "@playwright/test";
import { addRecentApp, appUrlOf, recentApps } from "../../../../src/simulator/ui/calling/app-url.ts";
import { openStorage } from "../../../support/tabs.ts";

const urls: [text: string, url: string | undefined][] = [
  ["http://localhost:3000/softphone?a=b#c", "http://localhost:3000/softphone?a=b#c"],
  ["localhost:3000", "http://localhost:3000/"],
  [" localhost:5173/app?x=1 ", "http://localhost:5173/app?x=1"],
  ["LocalHost:80", "http://localhost/"],
  [":5173", "http://localhost:5173/"],
  ["127.0.0.1:5173", "http://127.0.0.1:5173/"],
  ["[::1]:3000", "http://[::1]:3000/"],
  ["app.example", "https://app.example/"],
  ["app.example:8443/phone", "https://app.example:8443/phone"],
  ["devbox:3000", "https://devbox:3000/"],
  ...[
    "",
    " ",
    "localhost",
    "softphone",
    "3000",
    "/phone",
    "javascript:alert(1)",
    "data:text/html,x",
    "about:blank",
  ].map((text): [string, undefined] => [text, undefined]),
  ["file:///etc/passwd", undefined],
  ["localhost:port", undefined],
  ["a b.example", undefined],
];
for (const [text, url] of urls) {
  test(url === undefined ? `rejects "${text}"` : `interprets "${text}" as ${url}`, () => {
    expect(appUrlOf(text)).toBe(url);
  });
}

test("remembers the last five URLs, newest first and without duplicates", () => {
  const storage = openStorage();
  expect(recentApps(storage)).toEqual([]);
  for (const port of [1, 2, 3, 4, 5, 6, 4]) addRecentApp(storage, `http://localhost:${port}/`);
  expect(recentApps(storage)).toEqual([4, 6, 5, 3, 2].map((port) => `http://localhost:${port}/`));
});

test("ignores stored text that is not a list of app URLs", () => {
  const storage = openStorage();
  for (const text of ["", "{", "null", "[1]", '["javascript:alert(1)"]']) {
    storage.setItem("recent apps", text);
    expect(recentApps(storage), text).toEqual([]);
  }
});
