// Measures how long pages take in a host page's iframe. Each run has a new browser context, so nothing is cached.
import { createServer } from "node:http";
import type { Browser } from "@playwright/test";
import { orderForRound } from "./ratios.ts";

export type Timing<Path extends string> = {
  /** The pages to compare, by path. */
  pages: Record<Path, string>;
  /** Defines `measure(url)`, which loads a page in an iframe and resolves with a time in milliseconds. */
  hostPage: string;
  headers: Record<string, string>;
  rounds: number;
  /** Additional rounds whose times are discarded. */
  warmUps: number;
  /** The pause before each run. Without it, the new context's processes would still be starting and slow down the iframe. */
  settleMs: number;
};

/** Returns each page's times, one per round, in milliseconds. */
export async function timePages<Path extends string>(browser: Browser, timing: Timing<Path>) {
  const { pages, hostPage, headers, rounds, warmUps } = timing;
  const served: Record<string, string> = { ...pages, "/host": hostPage };
  const server = createServer(({ url = "" }, response) => {
    response.writeHead(200, headers).end(served[url]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;

  const paths = Object.keys(pages) as Path[];
  const times = Object.fromEntries(paths.map((path) => [path, []])) as unknown as Record<Path, number[]>;
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const path of orderForRound(paths, round + warmUps)) {
      const time = await timePage(browser, `${port}`, path, timing.settleMs);
      if (round >= 0) times[path].push(time);
    }
  }
  server.close();
  return times;
}

async function timePage(browser: Browser, port: string, path: string, settleMs: number): Promise<number> {
  const context = await browser.newContext();
  // Playwright reads the console output, which would add a delay that users do not experience.
  await context.addInitScript(() => void Object.assign(console, { log() {}, debug() {} }));
  try {
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${port}/host`);
    await page.waitForTimeout(settleMs);
    return await page.evaluate<number>(`measure("http://localhost:${port}${path}")`);
  } finally {
    await context.close();
  }
}
