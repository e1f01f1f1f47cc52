#!/usr/bin/env node
import { checkCommand } from "../check/command.ts";
// The package's command: hubspot-calling-app [start] | settings … | check …
import { settings } from "../settings/settings.ts";
import { inPackage } from "../testing/server.ts";
import { start } from "./start.ts";

const called = "npx hubspot-calling-app";
const [name = "", ...rest] = process.argv.slice(2);

const commands: Record<string, () => Promise<void>> = {
  async settings() {
    process.exitCode = await settings(rest, `${called} settings`);
  },
  async check() {
    // A step that never ends would hold the process.
    process.exit(await checkCommand(rest, inPackage("pages/simulator/index.html"), `${called} check`));
  },
  async start() {
    await started(rest);
  },
};

async function started(args: string[]): Promise<void> {
  // The others see to it themselves. Who reads no more has seen enough.
  process.stdout.on("error", ({ message }) => {
    if (message !== "write EPIPE") console.error(`stdout: cannot be written: ${message}`);
    process.exitCode = 1;
  });
  process.exitCode = await start(args, called);
}

const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
await (command ? command() : started(process.argv.slice(2)));
