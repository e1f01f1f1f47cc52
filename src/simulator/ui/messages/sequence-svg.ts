import { formatElapsed, formatTime } from "../../../dom/format-time.ts";
import {
  type Arrow,
  findingLine,
  headHeight,
  type Lane,
  type Places,
  placesIn,
  rowHeight,
  worstOf,
} from "./sequence.ts";

const namespace = "http://www.w3.org/2000/svg";
const laneNames: Record<Lane, string> = { hubspot: "HubSpot", app: "the app", otherTab: "the app in another tab" };

// In pixels. The letter widths are estimated averages, rounded up so that the text fits.
const fileWidth = 880;
const typeLetterWidth = 8.8;
const sdkLetterWidth = 7.8;
const letterWidth = 7;

/** A saved SVG file needs its own stylesheet, because the page's stylesheet does not apply to the file. */
const fileStyle = `
  text { font: 12px system-ui, sans-serif; fill: #1f2d3d; paint-order: stroke; stroke: #fff; stroke-width: 3px }
  .lane, .arrow { stroke: #516f90; fill: none } .lane { stroke-dasharray: 3 4 } .tip { fill: #516f90 }
  .time, .note { fill: #516f90 } .error { fill: #b3261e } .warning { fill: #8a5300 } .type, .head { font-weight: 600 } .sdk { font-weight: 400 }
  :is(.of-app, .of-otherTab) .arrow { stroke: #00666e } :is(.of-app, .of-otherTab) .tip { fill: #00666e }`;

/** Returns the content of an SVG file that shows the whole diagram. */
export function toSvgFile(arrows: readonly Arrow[]): string {
  const places = placesIn(fileWidth, hasOtherTab(arrows));
  const height = heightOf(arrows.length);
  const canvas = createSvg("svg", { xmlns: namespace });
  setSize(canvas, fileWidth, height);
  canvas.append(
    createSvg("rect", { width: `${fileWidth}`, height: `${height}`, fill: "#fff" }),
    ...createLanes(places, headHeight, height),
    ...createHeads(places),
    ...arrows.map((arrow, index) => createRow(arrow, headHeight + index * rowHeight, places)),
  );
  return new XMLSerializer().serializeToString(canvas).replace(">", `><style>${fileStyle}</style>`);
}

export const heightOf = (count: number) => headHeight + count * rowHeight;

export const hasOtherTab = (arrows: readonly Arrow[]) =>
  arrows.some(({ from, to }) => from === "otherTab" || to === "otherTab");

export function setSize(canvas: SVGElement, width: number, height: number): void {
  canvas.setAttribute("width", `${width}`);
  canvas.setAttribute("height", `${height}`);
}

export function createHeads({ lanes }: Places): SVGElement[] {
  return lanesFromLeft(lanes).map(([lane, x]) => createText(laneNames[lane], "head", x, 20, "middle"));
}

export function createLanes({ lanes }: Places, top: number, bottom: number): SVGElement[] {
  return lanesFromLeft(lanes).map(([, x]) => createSvg("path", { class: "lane", d: `M${x} ${top}V${bottom}` }));
}

function lanesFromLeft({ hubspot, app, otherTab }: Places["lanes"]): [Lane, number][] {
  return [
    ["hubspot", hubspot],
    ["app", app],
    ...(otherTab === undefined ? [] : [["otherTab", otherTab] satisfies [Lane, number]]),
  ];
}

export function createRow(arrow: Arrow, top: number, { lanes, since: sinceAt }: Places): SVGElement {
  const { at, since, from, to, type, isOpened } = arrow;
  const [start, end] = [lanes[from] ?? lanes.app, lanes[to] ?? lanes.app];
  const back = end < start ? -1 : 1;
  const middle = (start + end) / 2;
  // The text above the arrow can be wider than the text below, which must leave space for the elapsed time.
  const room = Math.abs(end - start);
  const y = top + 28;
  const below = textBelow(arrow);
  return createSvg(
    "g",
    { class: `row of-${from}`, tabindex: "0", role: "button", "aria-expanded": `${isOpened}`, "data-type": type },
    createSvg("rect", {
      class: "hit",
      x: "0",
      y: `${top}`,
      width: "100%",
      height: `${rowHeight}`,
      fill: "transparent",
    }),
    createText(formatTime(at), "time", 12, y + 4),
    createText(formatElapsed(since), "note", sinceAt.x, top + sinceAt.y),
    createName(arrow, room, middle, y - 8),
    createSvg("path", { class: "arrow", d: `M${start} ${y}H${end - back * 6}` }),
    createSvg("path", { class: "tip", d: `M${end} ${y}l${-back * 8} -4v8z` }),
    createText(fit(below.text, room + 32, letterWidth), below.style, middle, y + 16, "middle"),
  );
}

/**
 * Shows the message type and, if at least five of its letters fit between the lanes, the SDK name. Truncates names that are
 * too long. Only the type can be wider than `room`, the space between the lanes.
 */
function createName({ type, sdkName = "" }: Arrow, room: number, x: number, y: number): SVGElement {
  const name = createText(fit(type, room + 72, typeLetterWidth), "type", x, y, "middle");
  const rest = room - 16 - (type.length + 1) * typeLetterWidth;
  if (rest < 5 * sdkLetterWidth || !sdkName) return name;
  const sdk = createSvg("tspan", { class: "sdk" });
  sdk.textContent = ` ${fit(sdkName, rest, sdkLetterWidth)}`;
  name.append(sdk);
  return name;
}

/** Returns a line about the worst finding, or the note if there are no findings. */
function textBelow({ note, findings }: Arrow): { text: string; style: string } {
  const worst = worstOf(findings);
  return worst ? { text: `▲ ${findingLine(findings)}`, style: worst.severity } : { text: note, style: "note" };
}

/** @param room the available width in pixels */
const fit = (text: string, room: number, width: number) =>
  text.length * width > room ? `${text.slice(0, Math.max(4, Math.floor(room / width) - 1))}…` : text;

function createText(text: string, style: string, x: number, y: number, anchor = "start"): SVGElement {
  const created = createSvg("text", { class: style, x: `${x}`, y: `${y}`, "text-anchor": anchor });
  created.textContent = text;
  return created;
}

export function createSvg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string>,
  ...children: SVGElement[]
): SVGElementTagNameMap[Tag] {
  const created = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) created.setAttribute(name, value);
  created.append(...children);
  return created;
}
