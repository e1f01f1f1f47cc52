// A list of messages as a Mermaid sequence diagram, which code hosts draw where it is pasted into a bug report.

/** `notes` is what there is to say about the message, in words: remarks, findings. */
export type Step = {
  direction: "in" | "out" | "note";
  type: string;
  notes: readonly string[];
};

/** Characters of a foreign text that are shown. */
const longest = 200;

/** The diagram as text, a line for each message, and one for each note that follows it. */
export function toMermaid(steps: readonly Step[]): string {
  const lines = steps.flatMap(({ direction, type, notes }) => {
    const said = direction === "note" ? [[type, ...notes].join(": ")] : notes;
    return [
      ...arrow(direction, type),
      ...said.filter(Boolean).map((note) => `  Note over HubSpot,App: ${written(note)}`),
    ];
  });
  return ["sequenceDiagram", "  participant HubSpot", "  participant App as Calling app", ...lines, ""].join("\n");
}

function arrow(direction: Step["direction"], type: string): string[] {
  const ends = { in: "HubSpot->>App", out: "App->>HubSpot", note: "" }[direction];
  return ends ? [`  ${ends}: ${written(type)}`] : [];
}

/** Text that Mermaid takes for nothing else: line ends, # ; % < and whatever else might be its own become entities. */
function written(text: string): string {
  const line = text.slice(0, longest).replace(/\s+/g, " ").trim();
  return line.replace(/[^\p{L}\p{M}\p{N} _.,:()/+-]/gu, (sign) => `#${sign.codePointAt(0)};`) || "–";
}
