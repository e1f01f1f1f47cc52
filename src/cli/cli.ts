#!/usr/bin/env node
// The package's command: hubspot-calling-app [start], check …, codegen …, init … or settings …
import { checkCommand } from "../check/command.ts";
import { settings } from "../settings/settings.ts";
import { inPackage } from "../testing/server.ts";
import { codegen } from "./codegen.ts";
import { init } from "./init.ts";
import { start } from "./start.ts";

const commandName = "npx hubspot-calling-app";
const args = process.argv.slice(2);
const [name = "", ...rest] = args;

const commands: Record<string, () => Promise<void>> = {
  async settings() {
    process.exitCode = await settings(rest, `${commandName} settings`);
  },
  async check() {
    // Exits explicitly, because a user action that never finishes would keep the process running.
    const paths = { pages: inPackage("pages"), root: inPackage("..") };
    process.exit(await checkCommand(rest, paths, `${commandName} check`));
  },
  async codegen() {
    process.exitCode = await codegen(rest, `${commandName} codegen`);
  },
  async init() {
    process.exitCode = await init(rest, `${commandName} init`);
  },
  async start() {
    process.exitCode = await start(rest, commandName);
  },
};

const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) await command();
else process.exitCode = await start(args, commandName);
