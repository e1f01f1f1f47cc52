// The scrollable sequence diagram. It renders only the rows in view and a few rows above and below them.
import { element, make } from "../../../dom/element.ts";
import { throttleToFrame } from "../../../dom/frame-throttle.ts";
import { stickToEnd } from "../../../dom/stick-to-end.ts";
import { type Arrow, headHeight, placesIn, rowHeight, rowsInSight } from "./sequence.ts";
import {
  createHeads,
  createLanes,
  createRow,
  createSvg,
  hasOtherTab,
  heightOf,
  setSize,
  toSvgFile,
} from "./sequence-svg.ts";

/**
 * @param arrows returns the arrows to show, oldest first
 * @param open receives the index of the arrow that the user selects
 */
export function createDiagram(arrows: () => readonly Arrow[], open: (index: number) => void) {
  const panel = element("diagram", HTMLElement);
  const head = createSvg("svg", { class: "lanes" });
  const canvas = createSvg("svg", {});
  const filler = make("div", { className: "filler" }, canvas);
  panel.prepend(head);
  panel.append(filler);
  const scrollToEnd = stickToEnd(panel);
  const rowAt = (index: number) => canvas.querySelector<SVGGElement>(`[data-index="${index}"]`);

  function render(): void {
    if (panel.hidden || panel.clientHeight === 0) return;
    const all = arrows();
    const width = Math.max(hasOtherTab(all) ? 360 : 280, panel.clientWidth);
    filler.style.height = `${heightOf(all.length)}px`;
    scrollToEnd();
    const [first, end] = rowsInSight(panel.scrollTop, panel.clientHeight, all.length);
    const places = placesIn(width, hasOtherTab(all));
    const rows = all.slice(first, end).map((arrow, index) => createRow(arrow, index * rowHeight, places));
    rows.forEach((row, index) => {
      row.dataset.index = `${first + index}`;
    });
    // The lanes reach the bottom of the panel even if there are only a few messages.
    const height = Math.max((end - first) * rowHeight, panel.clientHeight - headHeight);
    setSize(canvas, width, height);
    canvas.style.top = `${headHeight + first * rowHeight}px`;
    const focused = canvas.querySelector<SVGGElement>(":focus")?.dataset.index;
    canvas.replaceChildren(...createLanes(places, 0, height), ...rows);
    if (focused) rowAt(Number(focused))?.focus({ preventScroll: true });
    setSize(head, width, headHeight);
    head.replaceChildren(...createHeads(places));
  }

  const renderSoon = throttleToFrame(render);
  panel.addEventListener("scroll", renderSoon);
  onRowChosen(canvas, open);
  new ResizeObserver(renderSoon).observe(panel);

  return {
    /** Schedules rendering for the next animation frame. */
    render: renderSoon,
    reveal(index: number): void {
      panel.scrollTop = headHeight + index * rowHeight - panel.clientHeight / 2;
      scrollToEnd(false);
      render();
      rowAt(index)?.focus({ preventScroll: true });
    },
    toSvgFile: () => toSvgFile(arrows()),
  };
}

function onRowChosen(canvas: SVGElement, open: (index: number) => void): void {
  canvas.onclick = ({ target }) => {
    const row = target instanceof Element ? target.closest<SVGGElement>("[data-index]") : null;
    if (row) open(Number(row.dataset.index));
  };
  canvas.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    const row = event.target instanceof SVGGElement ? event.target : undefined;
    if (row?.dataset.index) open(Number(row.dataset.index));
  };
}
