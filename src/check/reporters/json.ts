import { controlCharacters } from "../../node/control-characters.ts";
import type { Report } from "../report/report.ts";

/** Formats the report as JSON. Escapes control characters and GitHub Actions commands, without changing the parsed values. */
export function jsonOf({ report }: { report: Report }): string {
  const json = JSON.stringify(report, null, 2)
    .replace(controlCharacters, (match) => (match === "\n" ? match : match.split("").map(escapedUnit).join("")))
    // GitHub Actions executes a command such as ##[add-mask] anywhere in a line.
    .replaceAll("##[", "##\\u005b");
  return `${json}\n`;
}

function escapedUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
