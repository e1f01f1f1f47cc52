// The page that the tests in a worker share is reset after each test.
import { appUrl } from "./host.ts";
import { scriptlessPage } from "./shared-page.ts";
import { expect, test } from "./simulator.ts";

test.describe.configure({ mode: "default" });

/** Runs in a frame. */
const stored = () => [localStorage.length, sessionStorage.length];

for (const clock of [false, true]) {
  test(`leaves data, a route${clock ? ", a fake clock" : ""}, another page size and another tab behind for the next test`, async ({
    simulator,
    page,
    context,
  }) => {
    await page.route("**/simulator/state*", (route) => route.fulfill({ status: 418 }));
    if (clock) await page.clock.install({ time: 0 });
    await page.setViewportSize({ width: 400, height: 400 });
    await simulator.ready();
    await simulator.startCall();
    for (const frame of page.frames()) {
      await frame.evaluate(() => {
        localStorage.setItem("leaked", "");
        sessionStorage.setItem("leaked", "");
      });
    }
    await context.newPage();
  });

  test(`gets a page without the changes of the previous test${clock ? ", and the real time" : ""}`, async ({
    page,
    context,
  }) => {
    expect(context.pages()).toHaveLength(1);
    expect(page.viewportSize()).toEqual({ width: 1280, height: 720 });
    await page.goto(scriptlessPage);
    expect(await page.evaluate(stored)).toEqual([0, 0]);
    expect(await page.evaluate(() => Date.now())).toBeGreaterThan(1e12);
    expect(await page.evaluate(() => fetch("/simulator/state").then(({ status }) => status))).toBe(200);
    await page.setContent(`<iframe src="${appUrl}"></iframe>`);
    await expect.poll(() => page.frames().length).toBe(2);
    await page.frames()[1]?.waitForLoadState();
    expect((await page.frames()[1]?.evaluate(stored))?.[0]).toBe(0);
  });
}
