import { expect, test } from "../../support/simulator.ts";

test("draws nothing before its script has filled the page", async ({ simulator, page }) => {
  await simulator.ready();
  const firstPaintMs = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver((list) => resolve(list.getEntries()[0]?.startTime ?? 0));
        observer.observe({ type: "paint", buffered: true });
      }),
  );
  const parsedMs = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType("navigation");
    return navigation instanceof PerformanceNavigationTiming ? navigation.domInteractive : Number.NaN;
  });
  expect(firstPaintMs).toBeGreaterThan(parsedMs);
});
