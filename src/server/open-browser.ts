import { spawn } from "node:child_process";

const commands: Partial<Record<NodeJS.Platform, [command: string, ...args: string[]]>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/**
 * Opens the URL in the user's browser, except in CI or on Linux without a display. Prints the URL if the system's command for
 * opening URLs cannot be run.
 */
export function openBrowser(url: string): void {
  const [command, ...args] = commands[process.platform] ?? ["xdg-open"];
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI || (command === "xdg-open" && !DISPLAY && !WAYLAND_DISPLAY)) return;
  const child = spawn(command, [...args, url], { stdio: "ignore", detached: true });
  child.on("error", () =>
    console.error(`The browser did not open, because ${command} is missing; open ${url} yourself`),
  );
  child.unref();
}
