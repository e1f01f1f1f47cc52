#!/usr/bin/env node
// The package's command: hubspot-calling-app [start], check …, codegen …, init … or settings …
// Each command imports only its own code, because loading the code of all commands would take much longer.
import { inPackage } from "../testing/in-package.ts";

const commandName = "npx hubspot-calling-app";
const args = process.argv.slice(2);
const [name = "", ...rest] = args;

const commands: Record<string, () => Promise<void>> = {
  async settings() {
    const { settings } = await import("../settings/settings.ts");
    process.exitCode = await settings(rest, `${commandName} settings`);
  },
  async check() {
    const { checkCommand } = await import("../check/command.ts");
    // Exits explicitly, because a user action that never finishes would keep the process running.
    const paths = { pages: inPackage("pages"), root: inPackage("..") };
    process.exit(await checkCommand(rest, paths, `${commandName} check`));
  },
  async codegen() {
    const { codegen } = await import("./codegen.ts");
    process.exitCode = await codegen(rest, `${commandName} codegen`);
  },
  async init() {
    const { init } = await import("./init.ts");
    process.exitCode = await init(rest, `${commandName} init`);
  },
  start: () => startServer(rest),
};

async function startServer(args: string[]): Promise<void> {
  const { start } = await import("./start.ts");
  process.exitCode = await start(args, commandName);
}

const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) await command();
else await startServer(args);
