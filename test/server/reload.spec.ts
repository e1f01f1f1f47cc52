// The development server, with an open page.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/host.ts";
import { freePorts } from "../support/ports.ts";

test("serves both pages, reloads the open page after a change, shows build errors over both pages, and stops on SIGINT", async ({
  workspace,
  page,
  context,
}) => {
  test.slow(); // builds both pages several times
  const free = await freePorts();
  const url = `http://localhost:${free.HTTP_PORT}/`;
  const { child, printed, ended } = workspace.start(["--serve", "--watch"], free);
  await expect.poll(() => printed.out).toContain(url);
  const change = async (path: string, from: string, to: string) => {
    const file = join(workspace.folder, path);
    await writeFile(file, (await readFile(file, "utf8")).replace(from, to));
  };
  // The page connects to the event stream only after the next build.
  let connect = () => {};
  const isBuilt = new Promise<void>((resolve) => {
    connect = resolve;
  });
  await page.route("**/events", async (route) => {
    await isBuilt;
    await route.continue();
  });
  await page.goto(url);
  await expect(page.locator("h1")).toHaveText("Calling app");
  await change("static/index.html", "<h1>Calling app", "<h1>Another name");
  const served = async () => (await page.request.get(url)).text();
  await expect.poll(served).toContain("<h1>Another name");
  connect();
  await expect(page.locator("h1"), "catches up with a build that preceded its connection").toHaveText("Another name");

  const simulator = await context.newPage();
  await simulator.goto(`http://127.0.0.1:${free.HTTP_PORT}/`);
  const overlayOf = (opened: Page) => opened.getByRole("alertdialog", { name: "The build failed" });
  const overlays = [overlayOf(page), overlayOf(simulator)];
  await change("src/dom/log.ts", "// The message log", "const broken = ;\n// The message log");
  const error = 'src/dom/log.ts:1:15: Unexpected ";"';
  await expect.poll(() => printed.error).toContain(error);
  for (const overlay of overlays) {
    await expect(overlay).toContainText("src/dom/log.ts:1:15");
    await expect(overlay.locator("pre")).toHaveText(`const broken = ;\n${" ".repeat(15)}^`);
  }
  await page.reload();
  await expect(overlayOf(page), "a page that loads while the build is broken also shows the error").toContainText(
    "log.ts:1:15",
  );
  await change("src/dom/log.ts", "const broken = ;\n", "");
  for (const overlay of overlays) await expect(overlay).toHaveCount(0);
  await expect.poll(() => printed.out).toContain("The build works again.");
  expect(printed.error.split(error), "prints an error only once if it breaks both pages").toHaveLength(2);

  child.kill("SIGINT");
  expect(await ended).toBe("SIGINT");
});
