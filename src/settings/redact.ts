// Keeps keys and control characters out of the command's output.
import { controlCharacters } from "../node/control-characters.ts";

/** A shorter key could occur in ordinary text, so the search looks for it only after "hapikey" or "bearer". */
const minKeyLength = 8;

const maxLineLength = 1000;
const maxLines = 40;

/** Text with more layers of encoding is treated as if it contained a key. */
const maxDecodings = 5;

/** Encodings that write a character as its code. */
const encodings: [name: string, pattern: RegExp, radix: 10 | 16][] = [
  ["URL", /%([0-9a-f]{2})/gi, 16],
  ["HTML, decimal", /&#(\d+);?/g, 10],
  ["HTML, hexadecimal", /&#x([0-9a-f]+);?/gi, 16],
  ["JSON", /\\u([0-9a-f]{4})/gi, 16],
  ["JavaScript, any length", /\\u\{([0-9a-f]+)\}/gi, 16],
  ["JavaScript, two digits", /\\x([0-9a-f]{2})/gi, 16],
];

/** Whether the text contains a key: plain, in Base64, or in one or more of the encodings above. Ignores case. */
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
  // JSON nested in JSON has extra backslashes.
  return decoded.replaceAll("\\", "");
}

/**
 * Decodes each run of at least 11 Base64 characters from each of its first four positions, because unrelated characters may
 * precede the encoded key.
 */
function decodeBase64(text: string): string[] {
  const runs = text.match(/[\w+/-]{11,}/g) ?? [];
  return runs.flatMap((run) => [0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), "base64").toString("latin1")));
}

/** Replaces each key of at least 8 characters with ***. If the text still contains a key, withholds the whole text. */
export function withoutKeys(text: string, keys: readonly string[]): string {
  const masked = keys
    .filter(({ length }) => length >= minKeyLength)
    .reduce((part, key) => part.replaceAll(key, "***"), text);
  return containsKey(masked, keys) ? "(this line is withheld: it contains a key)" : masked;
}

/** Formats text for a terminal. Masks keys before it truncates a line, so that no part of a key remains. */
export function plainLines(text: string, keys: readonly string[]): string {
  const lines = text.split("\n");
  const plain = lines.slice(0, maxLines).map((line) => cut(withoutKeys(line, keys).replace(controlCharacters, " ")));
  return [...plain, ...(lines.length > maxLines ? [`… (${lines.length} lines)`] : [])].join("\n");
}

function cut(line: string): string {
  return line.length > maxLineLength ? `${line.slice(0, maxLineLength)}… (${line.length} characters)` : line;
}

/** Formats a value as JSON with escaped control characters, so that a terminal does not interpret them. */
export function safeJson(value: unknown, indent = 0): string {
  const escapeUnit = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  // A character outside the Basic Multilingual Plane has two code units.
  const escaped = (character: string) =>
    character === "\n" ? character : character.split("").map(escapeUnit).join("");
  return JSON.stringify(value, null, indent).replace(controlCharacters, escaped);
}
