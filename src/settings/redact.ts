// Keeps keys out of everything that is printed, and control characters out of what a server wrote.

/** A shorter key may be a word of any text. It is only searched for behind the words that it is sent with. */
const minKeyLength = 8;

const maxLineLength = 1000;
const maxLines = 40;

/** A text that is encoded more often than this is treated as if it contained a key. */
const maxDecodings = 5;

/** The ways to write a character as its number that are decoded before a text is searched. */
const encodings: [name: string, pattern: RegExp, radix: 10 | 16][] = [
  ["URL", /%([0-9a-f]{2})/gi, 16],
  ["HTML, decimal", /&#(\d+);?/g, 10],
  ["HTML, hexadecimal", /&#x([0-9a-f]+);?/gi, 16],
  ["JSON", /\\u([0-9a-f]{4})/gi, 16],
  ["JavaScript, any length", /\\u\{([0-9a-f]+)\}/gi, 16],
  ["JavaScript, two digits", /\\x([0-9a-f]{2})/gi, 16],
];

/** The control characters C0 (but not the line break) and C1, and the characters that change the direction of text. */
const controlCharacters = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/**
 * Whether a text contains a key: as it is, in Base64, or in one of the encodings above, one inside the other too.
 * Upper and lower case are the same.
 */
export function containsKey(text: string, keys: readonly string[]): boolean {
  const secrets = keys.flatMap(secretsOf).map((secret) => secret.toLowerCase());
  const isSecret = (part: string) => secrets.some((secret) => part.toLowerCase().includes(secret));
  let decoded = text;
  for (let count = 0; count <= maxDecodings; count++) {
    if (isSecret(decoded) || decodeBase64(decoded).some(isSecret)) return true;
    const next = decode(decoded);
    if (next === decoded) return false;
    decoded = next;
  }
  return true;
}

function secretsOf(key: string): string[] {
  if (key.length >= minKeyLength) return [key];
  return [`hapikey=${key}`, `hapikey":"${key}`, `hapikey": "${key}`, `bearer ${key}`];
}

function decode(text: string): string {
  const decoded = encodings.reduce(
    (part, [, pattern, radix]) =>
      part.replace(pattern, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, radix))),
    text.replaceAll("&amp;", "&"),
  );
  // JSON inside JSON has more backslashes than JSON.
  return decoded.replaceAll("\\", "");
}

/** Each run of Base64 characters, decoded from its first four: its beginning may belong to other text. */
function decodeBase64(text: string): string[] {
  const runs = text.match(/[\w+/-]{11,}/g) ?? [];
  return runs.flatMap((run) => [0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), "base64").toString("latin1")));
}

/** Writes *** for each key. A text that then still contains one is withheld. */
export function withoutKeys(text: string, keys: readonly string[]): string {
  const masked = keys
    .filter(({ length }) => length >= minKeyLength)
    .reduce((part, key) => part.replaceAll(key, "***"), text);
  return containsKey(masked, keys) ? "(this line is withheld: it contains a key)" : masked;
}

/** Lines for a terminal. Keys are removed before a line is cut, so that no part of one is left. */
export function plainLines(text: string, keys: readonly string[]): string {
  const lines = text.split("\n");
  const plain = lines.slice(0, maxLines).map((line) => cut(withoutKeys(line, keys).replace(controlCharacters, " ")));
  return [...plain, ...(lines.length > maxLines ? [`… (${lines.length} lines)`] : [])].join("\n");
}

function cut(line: string): string {
  return line.length > maxLineLength ? `${line.slice(0, maxLineLength)}… (${line.length} characters)` : line;
}

/** JSON in which control characters are escaped: it has the same meaning, and a terminal obeys nothing in it. */
export function safeJson(value: unknown, indent = 0): string {
  const escaped = (character: string) =>
    character === "\n" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value, null, indent).replace(controlCharacters, escaped);
}
