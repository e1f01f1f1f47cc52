// Opens the browser for whoever starts the server.
import { spawn } from "node:child_process";

const commands: Partial<Record<NodeJS.Platform, [command: string, ...words: string[]]>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Opens the browser on this address, unless there is nobody to see it; says so, if that cannot be done. */
export function openBrowser(url: string): void {
  const [command, ...words] = commands[process.platform] ?? ["xdg-open"];
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI || (command === "xdg-open" && !DISPLAY && !WAYLAND_DISPLAY)) return;
  const opened = spawn(command, [...words, url], { stdio: "ignore", detached: true });
  opened.on("error", () => console.error(`The browser did not open: ${command} is missing. Open ${url} yourself.`));
  opened.unref();
}
