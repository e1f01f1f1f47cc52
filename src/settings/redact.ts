// What may be shown of a text that somebody else wrote: without the keys, with nothing that a terminal obeys, and cut.

/** A shorter key may be a word of somebody's text: it is masked only where a key is sent. */
const maskedEverywhere = 8;

/** Of one line. Characters, after which it is cut; chosen, as is the next. */
const maxLine = 1000;
const maxLines = 40;

// C0 but the line break, C1, and what turns the direction of a line; of these, JSON escapes only the first.
const obeyed = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** Takes the keys out of a text, in whatever way a page, a URL or a program may write them. */
export function mask(text: string, keys: readonly string[]): string {
  return keys.reduce((masked, key) => masked.replace(patternOf(key), "$1***"), text);
}

function patternOf(key: string): RegExp {
  const written = [...key].map(writings).join("");
  if (key.length < maskedEverywhere) return new RegExp(`((?:hapikey|Bearer)(?:%3D|%20|[=:"'+\\s])+)${written}`, "gi");
  return new RegExp(`()(?:${[written, ...base64Of(key)].join("|")})`, "gi");
}

/**
 * One character as it is, as a URL has it (encoded once or more often), as HTML, or as JSON and scripts.
 * The backslashes have an end, since a search that begins again at each of a million of them takes hours.
 */
function writings(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16).padStart(2, "0");
  return `(?:\\\\{0,8}\\x${hex}|(?:%(?:25)*|&#x0*|\\\\{1,8}(?:x|u\\{?0*))${hex}[;}]?|&#0*${code};?)`;
}

/** What of the key stands in a Base64 that holds it, at each of the three places where it may begin. */
function base64Of(key: string): string[] {
  return [0, 1, 2].map((before) => {
    const whole = btoa("\0".repeat(before) + key);
    // The first and the last characters hold bits of what is beside the key too.
    const own = whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + key.length) * 8) / 6));
    return own.replace(/[+/]/g, (sign) => (sign === "+" ? "[+-]" : "[/_]"));
  });
}

/** Lines for a person, masked before they are cut, so that no half of a key is left. */
export function plainLines(text: string, keys: readonly string[]): string {
  const lines = mask(text, keys).split("\n");
  const shown = lines.slice(0, maxLines).map((line) => cut(line.replace(obeyed, " ")));
  return [...shown, ...(lines.length > maxLines ? [`… (${lines.length} lines)`] : [])].join("\n");
}

/** The text, or its beginning and how long it is. */
function cut(line: string): string {
  return line.length > maxLine ? `${line.slice(0, maxLine)}… (${line.length} characters)` : line;
}

/** The value as JSON that means the same, with escapes for what a terminal would obey. */
export function safeJson(value: unknown, indent = 0): string {
  const escaped = (character: string) =>
    character === "\n" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value, null, indent).replace(obeyed, escaped);
}

/** The value without the keys, be they in its texts, its numbers or its names. */
export function masked(value: unknown, keys: readonly string[]): unknown {
  if (typeof value === "string") return mask(value, keys);
  if (typeof value === "number") return mask(`${value}`, keys) === `${value}` ? value : "***";
  if (Array.isArray(value)) return value.map((item: unknown) => masked(item, keys));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [mask(name, keys), masked(item, keys)]));
}
