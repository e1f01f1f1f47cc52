import { controlCharacters } from "./control-characters.ts";

const invalidInXml = /[\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/**
 * Makes untrusted text safe to print on one line of a terminal: replaces control characters, and truncates the text. Also
 * replaces characters that are invalid in XML, but does not escape markup.
 */
export function printable(text: string, maxLength = 1000): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
  // GitHub Actions executes a command such as ##[add-mask] anywhere in a line.
  return cut.replace(controlCharacters, " ").replace(invalidInXml, " ").replaceAll("##[", "## [");
}
