// The simulator and the browsers in which a check runs. Several checks can share them.
import { Browsers } from "./browsers.ts";
import { launchBrowser } from "./launch-browser.ts";
import { serveSimulator } from "./serve-simulator.ts";

export type CheckHost = {
  /** The simulator's origin. */
  simulator: string;
  browsers: { shared: Browsers; isolated: Browsers };
  closeBrowsers(): Promise<void>;
  close(): Promise<void>;
};

type HostOptions = {
  pages: string;
  headed?: boolean;
  /** More command-line options for the browsers. */
  browserOptions?: readonly string[];
};

/** Starts the simulator. Each browser starts on the first call of its `get`. */
export async function openCheckHost({ pages, headed = false, browserOptions = [] }: HostOptions): Promise<CheckHost> {
  const simulator = await serveSimulator(pages);
  const browsers = {
    shared: new Browsers(() => launchBrowser({ headed, isIsolated: false, browserOptions })),
    isolated: new Browsers(() => launchBrowser({ headed, isIsolated: true, browserOptions })),
  };
  async function closeBrowsers(): Promise<void> {
    await Promise.all([browsers.shared.close(), browsers.isolated.close()]);
  }
  return {
    simulator: simulator.origin,
    browsers,
    closeBrowsers,
    async close() {
      await Promise.all([simulator.close(), closeBrowsers()]);
    },
  };
}
