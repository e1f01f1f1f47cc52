const maxCharacters = 2000;

/** Shortens long text, for example text from the app. */
export function truncate(text: string): string {
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters)} … (${text.length} characters)` : text;
}
