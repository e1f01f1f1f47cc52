import { spawn } from "node:child_process";

const commands: Partial<Record<NodeJS.Platform, [command: string, ...args: string[]]>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Opens the user's browser, unless the machine has no display. If that fails, prints the address to open by hand. */
export function openBrowser(url: string): void {
  const [command, ...args] = commands[process.platform] ?? ["xdg-open"];
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI || (command === "xdg-open" && !DISPLAY && !WAYLAND_DISPLAY)) return;
  const child = spawn(command, [...args, url], { stdio: "ignore", detached: true });
  child.on("error", () => console.error(`The browser did not open: ${command} is missing. Open ${url} yourself.`));
  child.unref();
}
