// How the simulator's page looks, at every width and in both schemes: what static/simulator.html and simulator.css promise.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import { expect, type Simulator, test } from "../../support/simulator.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tabs = ["Messages", "Findings", "Timeline", "Session", "Answers", "Send an event", "Help desk", "Replay"];
/** 640 is 1280 at a zoom of 200 %. */
const widths = [320, 400, 640, 800, 1280, 1920];

/** A call that has something for every tab to show. */
async function fill(simulator: Simulator): Promise<void> {
  await simulator.ready();
  await simulator.press("callEnded", "CALL_ENDED");
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await simulator.press("sendError", "ERROR");
}

/** What axe finds on the page, or in a part of it alone; the app in the frame has a spec of its own. */
async function violations(page: Page, part = "body"): Promise<string[]> {
  return page.evaluate(`axe
    .run({ include: ["${part}"], exclude: ["#frame"] }, { resultTypes: ["violations"] })
    .then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" ")))`);
}

/** In the page, for every tab: by how much page and pane are too wide, and what is pressed and smaller than 24 x 24. */
const misfits = () =>
  [...document.querySelectorAll<HTMLElement>("[role=tab]")].map((tab) => {
    tab.click();
    const pane = document.getElementById(tab.getAttribute("aria-controls") ?? "");
    const wholes = [document.documentElement, ...(pane ? [pane] : [])];
    const beyond = Math.max(...wholes.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
    const pressed = "button, select, summary, input:not([type=radio], [type=checkbox])";
    const small = [...document.querySelectorAll<HTMLElement>(pressed)]
      .filter((one) => one.checkVisibility())
      .map((one) => ({ name: one.id || one.textContent, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 24 || box.width < 24)
      .map(({ name, box }) => `${name}: ${box.width} x ${box.height}`);
    return { tab: tab.id, beyond, small };
  });

for (const colorScheme of ["light", "dark"] satisfies ("light" | "dark")[]) {
  test(`${colorScheme}: axe finds nothing, nothing overflows and every target is large enough, in every tab and at every width`, async ({
    simulator,
    page,
  }) => {
    test.slow(); // axe looks seventeen times
    await page.emulateMedia({ colorScheme });
    await fill(simulator);
    await page.evaluate(axe);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      for (const { tab, beyond, small } of await page.evaluate(misfits)) {
        expect({ beyond, small }, `${tab} at ${width}`).toEqual({ beyond: 0, small: [] });
      }
      await simulator.tab("Messages");
      expect(await violations(page), `${width}`).toEqual([]);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    for (const tab of tabs) {
      await simulator.tab(tab);
      expect(await violations(page, "#work"), tab).toEqual([]);
    }
    await simulator.tab("Messages");
    await page.getByRole("radio", { name: "Diagram" }).check();
    await page.locator("#diagram [data-type=CALL_ENDED]").click();
    expect(await violations(page, "#work"), "the diagram").toEqual([]);
    await page.getByRole("radio", { name: "List" }).check();
    await page.locator("#log [data-type=CALL_ENDED] summary").click();
    expect(await violations(page, "#work"), "a message").toEqual([]);
    await page.locator("#hide").click();
    expect(await violations(page), "hidden").toEqual([]);
  });
}

for (const width of [1280, 1920]) {
  test(`${width} wide: the columns' heads line up, the rules go to the edge, and every column ends in sight`, async ({
    simulator,
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await fill(simulator);
    const box = (selector: string) =>
      page.locator(selector).evaluate((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect();
        return { left, right, top, bottom };
      });
    const [records, widget, work] = [
      await box("#crm .head"),
      await box("#widgetHead"),
      await box("#tabs > :first-child"),
    ];
    expect([widget.top, widget.bottom, work.top, work.bottom]).toEqual([
      records.top,
      records.bottom,
      records.top,
      records.bottom,
    ]);
    expect([records.left, (await box("#tabs > :last-child")).right]).toEqual([0, width]);
    for (const column of ["#records", "#stage", "#log"]) {
      expect((await box(column)).bottom, column).toBeLessThanOrEqual(800);
    }
    expect((await box("#log [data-type=READY] time")).left, "the list begins where its tools do").toBe(
      (await box("#views")).left,
    );
    const cards = page.locator("#records > li");
    const edges = (part: string) =>
      cards.locator(part).evaluateAll((all) => [...new Set(all.map((one) => one.getBoundingClientRect().left))]);
    expect(await edges("b"), "names").toHaveLength(1);
    expect(await edges("ul small"), "properties").toHaveLength(1);
  });
}

test("a count that appears moves no tab to another row, and a tab that is chosen moves none at all", async ({
  simulator,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await simulator.ready();
  const top = () => page.locator("#log").evaluate((one) => one.getBoundingClientRect().top);
  const before = await top();
  await simulator.press("callEnded", "CALL_ENDED");
  await expect(page.locator("#findingsTab .count")).not.toBeEmpty();
  expect(await top()).toBe(before);
  const edges = () =>
    page.getByRole("tab").evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
  const places = await edges();
  for (const tab of ["Findings", "Answers", "Help desk"]) {
    await simulator.tab(tab);
    expect(await edges(), tab).toEqual(places);
  }
});
