// Formats messages as a Mermaid sequence diagram, which some code hosts render in bug reports.
import type { Entry } from "./log-record.ts";

/** `notes` are remarks and findings about the message. */
export type Step = Pick<Entry, "from" | "type" | "sdkName"> & { notes: readonly string[] };

const maxCharacters = 200;

/** In the diagram, each message is one line, followed by one line per note about the message. */
export function toMermaid(steps: readonly Step[]): string {
  const lines = steps.flatMap(({ from, type, sdkName, notes }) => {
    const name = sdkName ? `${type} ${sdkName}` : type;
    const texts = from ? notes : [[name, ...notes].join(": ")];
    const arrow = from === "app" ? "App->>HubSpot" : "HubSpot->>App";
    return [
      ...(from ? [`  ${arrow}: ${escapeText(name)}`] : []),
      ...texts.filter(Boolean).map((note) => `  Note over HubSpot,App: ${escapeText(note)}`),
    ];
  });
  return ["sequenceDiagram", "  participant HubSpot", "  participant App as Calling app", ...lines, ""].join("\n");
}

/** Truncates the text, and removes its line breaks. Every character that could be Mermaid syntax becomes an entity. */
function escapeText(text: string): string {
  const line = text.slice(0, maxCharacters).replace(/\s+/g, " ").trim();
  return line.replace(/[^\p{L}\p{M}\p{N} _.,:()/+-]/gu, (sign) => `#${sign.codePointAt(0)};`) || "–";
}
