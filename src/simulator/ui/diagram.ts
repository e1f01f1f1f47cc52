// Draws the sequence diagram as SVG. On the page only the rows in sight are drawn; in the file that is saved, all.
import { element, make } from "../../dom/element.ts";
import { formatElapsed, formatTime } from "../../dom/format-time.ts";
import { throttleToFrame } from "../../dom/frame-throttle.ts";
import {
  type Arrow,
  findingLine,
  headHeight,
  type Lane,
  type Places,
  placesIn,
  rowHeight,
  rowsInSight,
  worstOf,
} from "./sequence.ts";

const names: Record<Lane, string> = { hubspot: "HubSpot", app: "the app", elsewhere: "the app elsewhere" };
const namespace = "http://www.w3.org/2000/svg";

/** The saved file has no page around it: its style is its own. */
const style = `
  text { font: 12px system-ui, sans-serif; fill: #1f2d3d; paint-order: stroke; stroke: #fff; stroke-width: 3px }
  .lane, .arrow { stroke: #516f90; fill: none } .lane { stroke-dasharray: 3 4 } .tip { fill: #516f90 }
  .time, .note { fill: #516f90 } .error { fill: #b3261e } .warning { fill: #8a5300 } .type, .head { font-weight: 600 }
  :is(.of-app, .of-elsewhere) .arrow { stroke: #00666e } :is(.of-app, .of-elsewhere) .tip { fill: #00666e }`;

/**
 * Opens the diagram.
 * @param arrows what there is to draw, the oldest first
 * @param open shows the message of an arrow, by its index
 */
export function createDiagram(arrows: () => readonly Arrow[], open: (index: number) => void) {
  const panel = element("diagram", HTMLElement);
  const canvas = svg("svg", {});
  const filler = make("div", { className: "filler" }, "");
  filler.append(canvas);
  panel.append(filler);
  let atEnd = true;

  function draw(): void {
    if (panel.hidden || panel.clientHeight === 0) return;
    const all = arrows();
    const width = Math.max(hasElsewhere(all) ? 360 : 280, panel.clientWidth);
    filler.style.height = `${heightOf(all.length)}px`;
    if (atEnd) panel.scrollTop = panel.scrollHeight;
    const [first, end] = rowsInSight(panel.scrollTop, panel.clientHeight, all.length);
    const places = placesIn(width, hasElsewhere(all));
    const top = first * rowHeight;
    const rows = all.slice(first, end).map((arrow, index) => drawRow(arrow, index * rowHeight, places));
    rows.forEach((row, index) => {
      row.dataset.index = `${first + index}`;
    });
    // Few messages or many, the lanes go down to the end of the panel.
    const height = Math.max((end - first) * rowHeight, panel.clientHeight - headHeight);
    size(canvas, width, height);
    canvas.style.top = `${headHeight + top}px`;
    const focused = canvas.querySelector<SVGGElement>(":focus")?.dataset.index;
    canvas.replaceChildren(...drawLanes(places, 0, height), ...rows);
    if (focused) rowAt(Number(focused))?.focus({ preventScroll: true });
    drawHead(width, places);
  }

  const head = svg("svg", { class: "lanes" });
  panel.prepend(head);
  function drawHead(width: number, places: Places): void {
    size(head, width, headHeight);
    head.replaceChildren(...headsOf(places));
  }

  const rowAt = (index: number) => canvas.querySelector<SVGGElement>(`[data-index="${index}"]`);
  const drawSoon = throttleToFrame(draw);
  panel.onscroll = () => {
    atEnd = panel.scrollHeight - panel.scrollTop - panel.clientHeight < 8;
    drawSoon();
  };
  canvas.onclick = ({ target }) => {
    const row = target instanceof Element ? target.closest<SVGGElement>("[data-index]") : null;
    if (row) open(Number(row.dataset.index));
  };
  canvas.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    const row = event.target instanceof SVGGElement ? event.target : undefined;
    event.preventDefault();
    if (row?.dataset.index) open(Number(row.dataset.index));
  };
  new ResizeObserver(drawSoon).observe(panel);

  return {
    /** Draws what is in sight, once for each frame of the screen. */
    draw: drawSoon,
    /** Brings an arrow into sight, and puts the focus on it. */
    reveal(index: number): void {
      atEnd = false;
      panel.scrollTop = headHeight + index * rowHeight - panel.clientHeight / 2;
      draw();
      rowAt(index)?.focus({ preventScroll: true });
    },
    /** The whole diagram as the text of an SVG file. */
    file(): string {
      const all = arrows();
      const width = 880;
      const places = placesIn(width, hasElsewhere(all));
      const whole = svg("svg", { xmlns: namespace });
      size(whole, width, heightOf(all.length));
      const rows = all.map((arrow, index) => drawRow(arrow, headHeight + index * rowHeight, places));
      const paper = svg("rect", { width: `${width}`, height: `${heightOf(all.length)}`, fill: "#fff" });
      whole.append(paper, ...drawLanes(places, headHeight, heightOf(all.length)), ...headsOf(places), ...rows);
      return new XMLSerializer().serializeToString(whole).replace(">", `><style>${style}</style>`);
    },
  };
}

const heightOf = (count: number) => headHeight + count * rowHeight;
const hasElsewhere = (arrows: readonly Arrow[]) =>
  arrows.some(({ from, to }) => from === "elsewhere" || to === "elsewhere");

function size(canvas: SVGElement, width: number, height: number): void {
  canvas.setAttribute("width", `${width}`);
  canvas.setAttribute("height", `${height}`);
}

function headsOf({ lanes }: Places): SVGElement[] {
  return lanesOf(lanes).map(([lane, x]) =>
    words(names[lane], { class: "head", x: `${x}`, y: "20", "text-anchor": "middle" }),
  );
}

function drawLanes({ lanes }: Places, from: number, to: number): SVGElement[] {
  return lanesOf(lanes).map(([, x]) => svg("path", { class: "lane", d: `M${x} ${from}V${to}` }));
}

function lanesOf({ hubspot, app, elsewhere }: Places["lanes"]): [Lane, number][] {
  return [
    ["hubspot", hubspot],
    ["app", app],
    ...(elsewhere === undefined ? [] : [["elsewhere", elsewhere] satisfies [Lane, number]]),
  ];
}

function drawRow(
  { at, since, from, to, type, note, isOpened, findings }: Arrow,
  top: number,
  { lanes, since: sinceAt }: Places,
): SVGElement {
  const [start, end] = [lanes[from] ?? lanes.app, lanes[to] ?? lanes.app];
  const back = end < start ? -1 : 1;
  const middle = (start + end) / 2;
  // A name may go beyond the lanes, to the edge. Below the arrow the times stand beside them.
  const room = Math.abs(end - start);
  const y = top + 28;
  const worst = worstOf(findings);
  const row = svg(
    "g",
    { class: `row of-${from}`, tabindex: "0", role: "button", "aria-expanded": `${isOpened}`, "data-type": type },
    svg("rect", { class: "hit", x: "0", y: `${top}`, width: "100%", height: `${rowHeight}`, fill: "transparent" }),
    words(formatTime(at), { class: "time", x: "12", y: `${y + 4}` }),
    words(formatElapsed(since), { class: "note", x: `${sinceAt.x}`, y: `${top + sinceAt.y}` }),
    words(fitting(type, room + 72, 8.8), {
      class: "type",
      x: `${middle}`,
      y: `${y - 8}`,
      "text-anchor": "middle",
    }),
    svg("path", { class: "arrow", d: `M${start} ${y}H${end - back * 6}` }),
    svg("path", { class: "tip", d: `M${end} ${y}l${-back * 8} -4v8z` }),
    worst
      ? words(fitting(`▲ ${findingLine(findings)}`, room + 32, 7), {
          class: worst.severity,
          x: `${middle}`,
          y: `${y + 16}`,
          "text-anchor": "middle",
        })
      : words(fitting(note, room + 32, 7), {
          class: "note",
          x: `${middle}`,
          y: `${y + 16}`,
          "text-anchor": "middle",
        }),
  );
  return row;
}

/** What fits into so many pixels, at so many a letter: a bold capital takes nearly nine, others less than seven. */
const fitting = (text: string, room: number, letter: number) =>
  text.length * letter > room ? `${text.slice(0, Math.max(4, Math.floor(room / letter) - 1))}…` : text;

function words(text: string, attributes: Record<string, string>): SVGElement {
  const made = svg("text", attributes);
  made.textContent = text;
  return made;
}

function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string>,
  ...children: SVGElement[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
