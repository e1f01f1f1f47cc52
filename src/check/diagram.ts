// Messages as a sequence diagram, for the HTML page: lanes for HubSpot and the app, an arrow for each message.

import type { Message } from "../simulator/calls/message.ts";
import { findingLine, worstOf } from "../simulator/ui/sequence.ts";
import { escaped } from "./escape-html.ts";
import type { Finding } from "./findings.ts";

const [left, right, step, top] = [90, 610, 22, 40];
/** The page is for reading: what comes after so many is counted, not drawn. */
const drawn = 200;

/** An SVG element. A finding stands at the arrow that it is about, where there is one. */
export function diagramOf(messages: readonly Message[], findings: readonly Finding[]): string {
  const shown = messages.slice(0, drawn);
  const [first] = shown;
  const height = top + shown.length * step + 20;
  const arrows = shown.map(({ at, from, type, data }, index) => {
    const y = top + (index + 1) * step;
    const [x1, x2] = from === "app" ? [right, left] : [left, right];
    const found = findings.filter(({ about }) => about === index);
    const mark = `<tspan data-severity="${worstOf(found)?.severity}"> ▲ ${escaped(findingLine(found))}</tspan>`;
    const title = data === undefined ? type : `${type} ${written(data)}`;
    return `<g class="${from}"><title>${escaped(title)}</title>
<text x="8" y="${y + 4}" class="time">${at - (first?.at ?? at)} ms</text>
<text x="${(left + right) / 2}" y="${y - 4}" text-anchor="middle">${escaped(type)}${found.length > 0 ? mark : ""}</text>
<line x1="${x1}" y1="${y}" x2="${x2}" y2="${y}" marker-end="url(#arrow)"/></g>`;
  });
  const lanes = [
    [left, "HubSpot"],
    [right, "app"],
  ].map(
    ([x, name]) =>
      `<text x="${x}" y="20" text-anchor="middle" class="lane">${name}</text><line x1="${x}" y1="28" x2="${x}" y2="${height}" class="lane"/>`,
  );
  const more = messages.length > drawn ? `<p>… and ${messages.length - drawn} more</p>` : "";
  return `<svg viewBox="0 0 700 ${height}" width="700" height="${height}" role="img" aria-label="${messages.length} messages">
${lanes.join("")}${arrows.join("")}</svg>${more}`;
}

function written(data: unknown): string {
  return `${JSON.stringify(data)}`.slice(0, 500);
}
