// Runs the check. The checks of a worker share the simulator and the browsers, because each start takes a second.

import { type CheckOptions, check } from "../../src/check/check.ts";
import { ports } from "./ports.ts";
import { test as base } from "./simulator.ts";

const pages = `.serve/${ports.HTTP_PORT}`;

export type Report = Awaited<ReturnType<typeof check>>["report"];
/** Checks the headers of the app at `url`, and runs the first handshake and these scenarios. */
type Check = (url: string, scenarios: readonly string[], options?: Partial<CheckOptions>) => ReturnType<typeof check>;
/** Checks an app that consists of this page. */
type CheckPage = (
  html: string,
  scenarios: readonly string[],
  options?: Partial<CheckOptions>,
) => ReturnType<typeof check>;

export const test = base.extend<{ checkApp: Check; checkPage: CheckPage }>({
  checkApp: async ({ checkHost }, use) => {
    await use((url, scenarios, options) =>
      check({
        url,
        pages,
        host: checkHost,
        timeoutMs: 8000,
        only: (name) => scenarios.includes(name),
        ...options,
      }),
    );
  },
  checkPage: async ({ checkApp, serve }, use) => {
    await use(async (html, ...rest) => checkApp(await serve((response) => response.end(html)), ...rest));
  },
});

/** Returns each scenario's name and the rules of its findings, without duplicates. */
export const rulesOf = ({ scenarios }: Report) =>
  scenarios.map(({ name, findings }) => [name, ...new Set(findings.map(({ rule }) => rule))]);

/** Returns each scenario's name and its findings. */
export const findingsOf = ({ scenarios }: Report) =>
  scenarios.map(({ name, findings }) => [name, ...findings.map(({ rule, message }) => `${rule}: ${message}`)]);

export { expect } from "./simulator.ts";
