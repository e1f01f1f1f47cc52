// The reload after a build.
import esbuild from "esbuild";
import { expect, test } from "../support/host.ts";

test("reloads the page after another build, and announces it to the page first", async ({ page }) => {
  const { outputFiles } = await esbuild.build({ entryPoints: ["src/dom/reload.ts"], bundle: true, write: false });
  await page.route("http://127.0.0.1/", (route) => route.fulfill({ contentType: "text/html", body: "<p>" }));
  await page.goto("http://127.0.0.1/");
  await page.evaluate(`
    EventSource = class extends EventTarget { constructor() { super(); window.source = this; } close() {} };
    built = (data) => source.dispatchEvent(new MessageEvent("built", { data }));
    addEventListener("rebuilt", () => localStorage.setItem("announced", "before the reload"));
    localStorage.clear()`);
  await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
  await page.evaluate("built('1'); built('1')");
  expect(await page.evaluate("[localStorage.getItem('announced'), typeof built]")).toEqual([null, "function"]);
  const reloaded = page.waitForEvent("load");
  await page.evaluate("built('2')");
  await reloaded;
  expect(await page.evaluate("[localStorage.getItem('announced'), typeof built]")).toEqual([
    "before the reload",
    "undefined",
  ]);
});
