import type { Page } from "@playwright/test";
import esbuild from "esbuild";
import { expect, test } from "../support/host.ts";

const html = `<meta name=build content="app/1"><dialog>A dialog of the page</dialog><script>
  EventSource = class extends EventTarget { constructor() { super(); window.source = this; } close() {} };
  built = (builds) => source.dispatchEvent(new MessageEvent("built", { data: JSON.stringify(builds) }));
  addEventListener("rebuilt", () => localStorage.setItem("announced", "before the reload"));
</script>`;

async function open(page: Page): Promise<void> {
  const { outputFiles } = await esbuild.build({ entryPoints: ["src/dom/reload.ts"], bundle: true, write: false });
  const script = `<script>${outputFiles[0]?.text}</script>`;
  await page.route("http://127.0.0.1/", (route) => route.fulfill({ contentType: "text/html", body: html + script }));
  await page.goto("http://127.0.0.1/");
}

const built = (page: Page, builds: unknown) => page.evaluate(`built(${JSON.stringify(builds)})`);

test("announces a new build to the page, and then reloads the page", async ({ page }) => {
  await open(page);
  await page.evaluate("isOld = true");
  await built(page, {});
  await built(page, { app: { id: "1", errors: [] }, simulator: { id: "2", errors: [] } });
  expect(await page.evaluate("[localStorage.getItem('announced'), typeof isOld]")).toEqual([null, "boolean"]);
  const reloaded = page.waitForEvent("load");
  await built(page, { app: { id: "2", errors: [] } });
  await reloaded;
  expect(await page.evaluate("[localStorage.getItem('announced'), typeof isOld]")).toEqual([
    "before the reload",
    "undefined",
  ]);
});

test("shows build errors as text over the page and its dialogs, and hides them when a build succeeds", async ({
  page,
}) => {
  await open(page);
  await page.evaluate("document.querySelector('dialog').showModal()");
  const error = { at: "src/a.ts:1:0", text: "<b>Unexpected</b>", source: "<img src=x>\n^" };
  await built(page, { app: { id: "1", errors: [error] } });
  const overlay = page.getByRole("alertdialog", { name: "The build failed" });
  await expect(overlay).toContainText("<b>Unexpected</b>");
  await expect(overlay.locator("pre")).toHaveText("<img src=x>\n^");
  const isAbove = "document.elementFromPoint(innerWidth / 2, 40).className";
  expect(await page.evaluate(isAbove)).toBe("buildErrors");
  await built(page, { app: { id: "1", errors: [] } });
  await expect(overlay).toHaveCount(0);

  await built(page, { app: { id: "1", errors: [error, error] } });
  await expect(overlay.locator("pre")).toHaveCount(2);
  await built(page, { app: { id: "1", errors: [error] } });
  await expect(overlay.locator("pre"), "a new build replaces the errors").toHaveCount(1);
  await overlay.getByRole("button", { name: "Close" }).click();
  await expect(overlay).toBeHidden();
});
