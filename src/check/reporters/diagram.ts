import { printable } from "../../node/printable.ts";
import { fullNameOf } from "../../protocol/sdk-name.ts";
import type { Message } from "../../simulator/calls/message.ts";
import { findingLine, worstOf } from "../../simulator/ui/messages/sequence.ts";
import type { Finding } from "../report/findings.ts";
import { escaped } from "./escape-html.ts";

const [left, right, step, top] = [90, 610, 22, 40];
const maxArrows = 200;
const maxNameLength = 100;
const maxDataLength = 500;

export function diagramOf(messages: readonly Message[], findings: readonly Finding[]): string {
  const visible = messages.slice(0, maxArrows);
  const [first] = visible;
  const height = top + visible.length * step + 20;
  const arrows = visible.map(({ at, from, type, data }, index) => {
    const y = top + (index + 1) * step;
    const [x1, x2] = from === "app" ? [right, left] : [left, right];
    const findingsHere = findings.filter(({ about }) => about === index);
    const mark = `<tspan data-severity="${worstOf(findingsHere)?.severity}"> ▲ ${escaped(findingLine(findingsHere))}</tspan>`;
    const name = printable(fullNameOf(from, type), maxNameLength);
    const title = data === undefined ? name : `${name} ${printable(`${JSON.stringify(data)}`, maxDataLength)}`;
    return `<g class="${from}"><title>${escaped(title)}</title>
<text x="8" y="${y + 4}" class="time">${at - (first?.at ?? at)} ms</text>
<text x="${(left + right) / 2}" y="${y - 4}" text-anchor="middle">${escaped(name)}${findingsHere.length > 0 ? mark : ""}</text>
<line x1="${x1}" y1="${y}" x2="${x2}" y2="${y}" marker-end="url(#arrow)"/></g>`;
  });
  const lanes = [
    [left, "HubSpot"],
    [right, "the app"],
  ].map(
    ([x, name]) =>
      `<text x="${x}" y="20" text-anchor="middle" class="lane">${name}</text><line x1="${x}" y1="28" x2="${x}" y2="${height}" class="lane"/>`,
  );
  const more = messages.length > maxArrows ? `<p>… and ${messages.length - maxArrows} more</p>` : "";
  return `<svg viewBox="0 0 700 ${height}" width="700" height="${height}" role="img" aria-label="${messages.length} messages">
${lanes.join("")}${arrows.join("")}</svg>${more}`;
}
