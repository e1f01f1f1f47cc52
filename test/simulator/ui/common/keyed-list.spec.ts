import esbuild from "esbuild";
import { expect, test } from "../../../support/host.ts";

let script = "";
test.beforeAll(async () => {
  const entry = {
    contents:
      'window.rendering = { ...require("./src/simulator/ui/common/keyed-list.ts"), ...require("./src/dom/frame-throttle.ts") }',
    resolveDir: ".",
  };
  const { outputFiles } = await esbuild.build({ stdin: entry, bundle: true, write: false });
  script = outputFiles[0]?.text ?? "";
});

test("renders at most once per frame, creates only the new items, and moves only the items whose order changed", async ({
  page,
}) => {
  await page.setContent("<ol></ol>");
  await page.addScriptTag({ content: script });
  const seen = await page.evaluate(`(async () => {
    const list = document.querySelector("ol");
    const seen = [];
    let items = [], created = 0, moved = 0;
    const render = rendering.createKeyedList(list, (item) => {
      created += 1;
      return Object.assign(document.createElement("li"), { textContent: item.name });
    });
    let renders = 0;
    const soon = rendering.throttleToFrame(() => { renders += 1; render(items); });
    new MutationObserver((records) => {
      for (const { addedNodes } of records) moved += addedNodes.length;
    }).observe(list, { childList: true });
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const show = async (names) => {
      items = names.map((name) => ({ name }));
      for (let times = 0; times < 100; times++) soon();
      await frame();
      seen.push([[...list.children].map(({ textContent }) => textContent).join(""), renders, created, moved]);
      renders = created = moved = 0;
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
