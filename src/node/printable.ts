import { controlCharacters } from "./control-characters.ts";

const invalidInXml = /[\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** Makes foreign data safe to print in one line, in a terminal or in XML: replaces such characters, and cuts the text. */
export function printable(text: string, maxLength = 1000): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
  // GitHub Actions executes a command such as ##[add-mask] anywhere in a line.
  return cut.replace(controlCharacters, " ").replace(invalidInXml, " ").replaceAll("##[", "## [");
}
