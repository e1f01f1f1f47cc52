const unprintable = /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/**
 * Makes foreign data safe to print in one line: replaces characters that control a terminal, change the text's direction
 * or are invalid in XML, and cuts the text.
 */
export function printable(text: string, maxLength = 1000): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
  // GitHub Actions executes a command such as ##[add-mask] anywhere in a line.
  return cut.replace(unprintable, " ").replaceAll("##[", "## [");
}
