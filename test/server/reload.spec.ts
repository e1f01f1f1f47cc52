// The development server, with an open page.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "../support/host.ts";
import { freePorts } from "../support/ports.ts";

/** The first start creates a certificate, which is slow. */
const starting = { timeout: 20_000 };

test("serves both ports, reloads the open page after a change, and stops immediately", async ({ workspace, page }) => {
  const free = await freePorts();
  const url = `http://localhost:${free.HTTP_PORT}/`;
  const { child, printed, ended } = workspace.start(["--serve", "--watch"], free);
  await expect.poll(() => printed.out, starting).toContain(url);
  const following = page.waitForResponse("**/events");
  await page.goto(url);
  await expect(page.locator("h1")).toHaveText("Calling app");
  await following;

  const html = join(workspace.folder, "static", "index.html");
  await writeFile(html, (await readFile(html, "utf8")).replace("<h1>Calling app", "<h1>Another name"));
  await expect(page.locator("h1")).toHaveText("Another name");

  await writeFile(join(workspace.folder, "src", "dom", "log.ts"), "const broken = ;\n");
  await expect.poll(() => printed.error).toContain("src/dom/log.ts:1:15");

  child.kill("SIGINT");
  expect(await ended).toBe("SIGINT");
});
