#!/usr/bin/env node
import { settings } from "../settings/settings.ts";
// The package's command: hubspot-calling-app [start] | settings … | check …
import { checkCommand } from "./check/command.ts";
import { inPackage } from "./server.ts";
import { start } from "./start.ts";

const called = "npx hubspot-calling-app";
const [name = "", ...rest] = process.argv.slice(2);

const commands: Record<string, () => Promise<void>> = {
  async settings() {
    process.exitCode = await settings(rest, `${called} settings`);
  },
  async check() {
    // A step that never ends would hold the process.
    process.exit(await checkCommand(rest, inPackage("pages/hubspot/index.html"), `${called} check`));
  },
  async start() {
    process.exitCode = await start(rest, called);
  },
};

const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) await command();
else process.exitCode = await start(process.argv.slice(2), called);
