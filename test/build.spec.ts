import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import esbuild from "esbuild";
import { expect, test } from "./support/host.ts";

test("builds the calling app into dist/ as one page of at most 14,000 compressed bytes, and the simulator into a subfolder", async ({
  request,
  workspace,
}) => {
  expect(await workspace.start([]).ended).toBe(0);
  const dist = (name: string) => readFile(join(workspace.folder, "dist", name), "utf8");
  expect((await readdir(join(workspace.folder, "dist"))).toSorted((a, b) => a.localeCompare(b))).toEqual([
    "_headers",
    "index.html",
    "index.js.map",
    "simulator",
  ]);
  expect(await readdir(join(workspace.folder, "dist", "simulator"))).toEqual(["index.html", "static-page.js.map"]);
  const html = await dist("index.html");
  expect(gzipSync(html, { level: 9 }).length).toBeLessThanOrEqual(14_000);
  expect(html, "only watch mode has code that reloads the page").not.toMatch(/EventSource|name=build/);

  const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  const [, script = ""] = /<script>([\s\S]*)<\/script>/.exec(html) ?? [];
  const [, style = ""] = /<style>([\s\S]*)<\/style>/.exec(html) ?? [];
  for (const part of [script, style]) {
    expect(policy).toContain(`'sha256-${createHash("sha256").update(part).digest("base64")}'`);
  }
  const [, icon = ""] = /href="(data:image\/svg[^"]*)"/.exec(html) ?? [];
  expect(await (await fetch(icon)).text()).toMatch(/^<svg .*<\/svg>$/);
  expect(script).toContain("sourceMappingURL=index.js.map");
  const map: { sources: string[] } = JSON.parse(await dist("index.js.map"));
  expect(map.sources).toContain("../src/index.ts");

  // A static host sends the same headers as the server.
  const headers = (await request.get("/")).headers();
  const lines = (await dist("_headers")).trim().split("\n");
  expect(lines.shift()).toBe("/*");
  expect(lines.length).toBeGreaterThanOrEqual(3);
  for (const line of lines) {
    const [name = "", ...value] = line.trim().split(": ");
    expect(headers[name.toLowerCase()]).toBe(value.join(": "));
  }
});

test("bundles the app without the simulator, and without any package except the SDK", async () => {
  const { metafile } = await esbuild.build({
    entryPoints: ["src/index.ts"],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.filter((path) => path.startsWith("node_modules/"))).toEqual([
    "node_modules/@hubspot/calling-extensions-sdk/dist/main.esm.js",
  ]);
  expect(inputs.filter((path) => path.startsWith("src/simulator/"))).toEqual([]);
});

test("waits for a program that blocks a page's file for a moment, as a virus scanner can on Windows", async ({
  workspace,
}) => {
  const preload = `
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    const { rename } = fs.promises;
    const codes = ["EPERM", "EACCES", "EBUSY"];
    fs.promises.rename = async (...paths) => {
      const code = codes.shift();
      if (code) throw Object.assign(new Error(code), { code });
      await rename(...paths);
    };
    syncBuiltinESMExports();`;
  const options = `--import data:text/javascript,${encodeURIComponent(preload)}`;
  const { printed, ended } = workspace.start([], { NODE_OPTIONS: options });
  expect([await ended, printed.error]).toEqual([0, ""]);
  expect(await readdir(join(workspace.folder, "dist"))).toContain("index.html");
});
