import { expect, test } from "../../support/simulator.ts";

test("draws nothing before its script has filled the page", async ({ simulator, page }) => {
  await simulator.ready();
  const [paintedMs = 0, filledMs = 0] = await page.evaluate(async () => {
    const first = (type: string, name: string) =>
      new Promise<number | undefined>((resolve) => {
        const observer = new PerformanceObserver((list) => {
          const entry = list.getEntries().find((candidate) => candidate.name.endsWith(name));
          if (entry) resolve(entry.startTime);
        });
        observer.observe({ type, buffered: true });
      });
    // The last statement of the page's script sends this request.
    return Promise.all([first("paint", "first-paint"), first("resource", "/simulator/state")]);
  });
  expect(paintedMs).toBeGreaterThan(filledMs);
});
