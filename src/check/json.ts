import type { Report } from "./report.ts";

/** These characters are valid in JSON, but control a terminal, change the text's direction or end a line. */
const unprintable = /[\u007f-\u009f\p{Bidi_Control}\u2028\u2029]/gu;

/** The result is safe to print. */
export function jsonOf({ report }: { report: Report }): string {
  const json = JSON.stringify(report, null, 2)
    .replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
    // GitHub Actions executes a command such as ##[add-mask] anywhere in a line.
    .replaceAll("##[", "##\\u005b");
  return `${json}\n`;
}
