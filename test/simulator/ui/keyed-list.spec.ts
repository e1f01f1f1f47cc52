import esbuild from "esbuild";
import { expect, test } from "../../support/host.ts";

let script = "";
test.beforeAll(async () => {
  const entry = {
    contents:
      'window.drawing = { ...require("./src/simulator/ui/keyed-list.ts"), ...require("./src/dom/frame-throttle.ts") }',
    resolveDir: ".",
  };
  const { outputFiles } = await esbuild.build({ stdin: entry, bundle: true, write: false });
  script = outputFiles[0]?.text ?? "";
});

test("a list is drawn once a frame, and only what changed", async ({ page }) => {
  await page.setContent("<ol></ol>");
  await page.addScriptTag({ content: script });
  const seen = await page.evaluate(`(async () => {
    const list = document.querySelector("ol");
    const seen = [];
    let all = [], made = 0, moved = 0;
    const draw = drawing.createKeyedList(list, (one) => {
      made += 1;
      return Object.assign(document.createElement("li"), { textContent: one.name });
    });
    let draws = 0;
    const soon = drawing.throttleToFrame(() => { draws += 1; draw(all); });
    new MutationObserver((records) => {
      for (const { addedNodes } of records) moved += addedNodes.length;
    }).observe(list, { childList: true });
    const frame = () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const show = async (names) => {
      all = names.map((name) => ({ name }));
      for (let times = 0; times < 100; times++) soon();
      await frame();
      seen.push([[...list.children].map(({ textContent }) => textContent).join(""), draws, made, moved]);
      draws = made = moved = 0;
    };
    for (const names of [["a", "b", "c"], ["d", "a", "b", "c"], ["d", "x", "b", "c"], ["c", "d"], [], ["a"]]) await show(names);
    return seen;
  })()`);
  expect(seen).toEqual([
    ["abc", 1, 3, 3],
    ["dabc", 1, 1, 1],
    ["dxbc", 1, 1, 1],
    ["cd", 1, 0, 1],
    ["", 1, 0, 0],
    ["a", 1, 1, 1],
  ]);
});
