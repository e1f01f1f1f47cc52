// node build.mjs                    the calling app into dist/: one self-contained page, as a static host takes it
// node build.mjs --serve            the same page and what runs beside it on one's own machine into .serve/<port>/, and serves it
// node build.mjs --serve --watch    builds again whenever a source of a page changes, and reloads the open pages
// node build.mjs --pages            both pages, each into a folder of its own under .serve/pages/
// node build.mjs --package          what other projects install, into lib/: the programs, their types, and both pages
// node build.mjs --rules              the rules reference, src/simulator/rules/README.md
// --no-open                         leaves the browser alone
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs, promisify } from "node:util";

const esbuild = await importEsbuild();

/** Who may frame the app, and drive it: src/app/guard.ts reads the same list. */
const ancestors = JSON.parse(await readFile("src/protocol/frame-ancestors.json", "utf8"));

/** Sent with every page by the server, and by static hosts that read dist/_headers. */
const headers = {
  "Content-Security-Policy": `frame-ancestors 'self' ${ancestors.join(" ")}`,
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** Of a page that asks its own server: the simulator, and any that reloads itself. */
const connectSelf = "connect-src 'self'";

const pages = {
  app: { html: "static/index.html", style: "static/index.css", script: "src/index.ts", policy: [] },
  simulator: {
    html: "static/simulator.html",
    style: "static/simulator.css",
    script: "src/simulator/ui/page.ts",
    // blob: for what an app in the frame has downloaded: Firefox asks the page around it.
    policy: ["frame-src http: https: blob:", connectSelf],
  },
};

/** Where src/server/server.ts leads to the simulator. */
const simulator = "/simulator";

/** How esbuild bundles what Node runs. */
const node = { bundle: true, platform: "node", format: "esm", packages: "external", logLevel: "silent" };

/** What the package has to run: each program by its name in lib/; what two of them use is in a file of its own there. */
const programs = {
  cli: "src/cli/cli.ts",
  server: "src/testing/server.ts",
  webhook: "src/webhook/webhook.ts",
  playwright: "src/testing/playwright.ts",
};

/** Stands in both pages, in the place of a comment that names it. */
const logHtml = "static/log.html";

const fail = (why) => {
  console.error(why);
  // Left to itself it may print how it ended.
  esbuild.stop();
  process.exit(1);
};
const inOneLine = ({ errors, message }) => {
  const places = errors?.map(({ text, location: at }) => (at ? `${at.file}:${at.line}:${at.column}: ${text}` : text));
  return places ? `The build failed. ${places.join("; ")}` : message;
};

const flags = readFlags();
const task =
  (flags.serve && serve) ||
  (flags.pages && buildPages) ||
  (flags.package && buildPackage) ||
  (flags.rules && writeRules) ||
  build;
await task().catch((error) => fail(inOneLine(error)));

/** Where `npm install` was told to leave out what builds, there is nothing to do for its `prepare`. */
async function importEsbuild() {
  try {
    return (await import("esbuild")).default;
  } catch (error) {
    const { npm_lifecycle_event, npm_command = "" } = process.env;
    const isAsked = npm_lifecycle_event !== "prepare" || !["install", "ci"].includes(npm_command);
    if (error.code !== "ERR_MODULE_NOT_FOUND" || isAsked) throw error;
    console.log("Nothing was built: esbuild is not installed.");
    process.exit();
  }
}

function readFlags() {
  const options = {
    serve: { type: "boolean" },
    pages: { type: "boolean" },
    package: { type: "boolean" },
    rules: { type: "boolean" },
    watch: { type: "boolean" },
    "no-open": { type: "boolean" },
  };
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return fail(error.message);
  }
}

async function build() {
  await rm("dist", { recursive: true, force: true });
  await esbuild.build(pageOptions(pages.app, { folder: "dist" }));
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}\n`);
  await writeFile("dist/_headers", `/*\n${lines.join("")}`);
}

async function buildPages(into = ".serve/pages") {
  for (const [name, page] of Object.entries(pages)) {
    await esbuild.build(pageOptions(page, { folder: join(into, name), simulator }));
  }
}

async function buildPackage() {
  await rm("lib", { recursive: true, force: true });
  await buildPages("lib/pages");
  // The calling app is there to be read, the simulator is not: its map says where a line comes from, as the programs' do.
  await forgetSources("lib/pages/simulator/page.js.map");
  await writeFile("lib/pages/headers.json", JSON.stringify(headers));
  await copyFile("src/webhook/phone-numbers.json", "lib/phone-numbers.json");
  // Without spaces, to stay small.
  const shape = {
    outdir: "lib",
    splitting: true,
    sourcemap: true,
    sourcesContent: false,
    minifyWhitespace: true,
    target: "node20",
  };
  await esbuild.build({ ...node, ...shape, entryPoints: programs });
  const tsc = ["node_modules/typescript/bin/tsc", "-p", "src/testing/tsconfig.json"];
  const { stdout } = await promisify(execFile)(process.execPath, tsc).catch((error) => error);
  if (stdout) throw new Error(stdout);
  await keepReached("lib/types", ["testing/server.d.ts", "testing/playwright.d.ts", "webhook/webhook.d.ts"]);
}

/** Takes the content of the sources from a source map: their names stay. */
async function forgetSources(file) {
  const { sourcesContent: _, ...map } = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify(map));
}

/** Deletes the declarations in the folder that none of these entries imports, not even by others. */
async function keepReached(folder, entries) {
  const reached = new Set();
  const reach = async (path) => {
    if (reached.has(path)) return;
    reached.add(path);
    const imports = (await readFile(path, "utf8")).matchAll(/\b(?:from|import)\s*\(?"(\.[^"]+)\.ts"/g);
    for (const [, imported] of imports) await reach(join(dirname(path), `${imported}.d.ts`));
  };
  for (const entry of entries) await reach(join(folder, entry));
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    if (path.endsWith(".d.ts") && !reached.has(path)) await rm(path);
  }
}

/** Writes the rules reference. A spec compares the file with what this writes. */
async function writeRules() {
  const outfile = resolve(`.serve/rules-${process.pid}.mjs`);
  const contents = `export { referenceOf } from "./reference.ts"; export { rules } from "./index.ts";`;
  const resolveDir = "src/simulator/rules";
  await esbuild.build({ ...node, stdin: { contents, resolveDir, loader: "ts" }, outfile });
  const { referenceOf, rules } = await import(pathToFileURL(outfile));
  await rm(outfile);
  await writeFile(join(resolveDir, "README.md"), referenceOf(rules));
}

async function serve() {
  // Another server may start meanwhile.
  const outfile = resolve(`.serve/server-${process.pid}.mjs`);
  await esbuild.build({ ...node, entryPoints: ["src/server/server.ts"], outfile });
  const { openBrowser, openServer } = await import(pathToFileURL(outfile));
  await rm(outfile);
  const files = { certs: "certs", phoneNumbers: "src/webhook/phone-numbers.json" };
  const places = (port) => ({ pages: join(".serve", `${port}`), store: join(".serve", `${port}`, "hubspot.json") });
  const environment = { environment: process.env, environmentFile: ".env" };
  const build = async ({ pages: folder, built }) => {
    for (const [name, page] of Object.entries(pages)) {
      const context = await esbuild.context(pageOptions(page, { folder: join(folder, name), simulator, built }));
      await context.rebuild();
      if (flags.watch) await context.watch();
      else await context.dispose();
    }
  };
  const { urls } = await openServer({ ...files, places, ...environment, headers, build });
  console.log(urls.map(({ what, url }) => `${what.padEnd(18)} ${url}`).join("\n"));
  if (!flags["no-open"]) openBrowser(urls[0].url);
}

/**
 * What esbuild is told for one page: script, style and HTML go into one file with the script's source map beside it.
 * `simulator` is where the server that serves the page leads to the simulator, if it does; `built` hears of every build.
 */
function pageOptions({ html, style, script, policy }, { folder, simulator = "", built = () => {} }) {
  const fillIn = async ({ outputFiles, errors }) => {
    if (errors.length > 0) {
      if (flags.watch) console.error(inOneLine({ errors }));
      return;
    }
    const ending = (end) => outputFiles.find(({ path }) => path.endsWith(end));
    const text = (source) => ending(basename(source)).text;
    const parts = {
      icon: `data:image/svg+xml,${(await readFile("static/icon.svg", "utf8"))
        .replace(/<title>.*<\/title>|\n/g, "")
        .replaceAll('"', "'")
        .replaceAll("#", "%23")}`,
      script: ending(".js").text.trim(),
      style: ending(".css")
        .text.replace(/\/\*#.*/, "")
        .trim(),
      policy: flags.watch ? [...policy.filter((rule) => rule !== connectSelf), connectSelf] : policy,
    };
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "index.html"), inlined(slim(withLog(text(html), text(logHtml))), parts));
    const { path, contents } = ending(".js.map");
    await writeFile(join(folder, basename(path)), contents);
    built();
  };
  return {
    entryPoints: [html, logHtml, style, script],
    entryNames: "[name]",
    outdir: folder,
    write: false,
    bundle: true,
    minify: true,
    // Not a module, which would wait for the whole page: the app is to listen before HubSpot's first SYNC.
    format: "iife",
    target: "es2022",
    sourcemap: "linked",
    define: { SIMULATOR: JSON.stringify(simulator) },
    loader: { ".html": "copy" },
    inject: flags.watch ? ["src/dom/reload.ts"] : [],
    logLevel: "silent",
    plugins: [{ name: "one file", setup: ({ onEnd }) => onEnd(fillIn) }],
  };
}

function withLog(html, log) {
  const place = "<!-- log.html -->";
  if (!html.includes(place)) throw new Error(`static/: the page has no ${place} to put the log in`);
  return html.replace(place, () => log);
}

/** Without comments and indentation, and without the quotes and ends that HTML does not need. */
function slim(html) {
  return html
    .replace(/<!--.*?-->|<\/(head|body|html)>/gs, "")
    .replace(/\n\s+/g, "\n")
    .replace(/="([\w-]+)"/g, "=$1");
}

/** The HTML with its parts in it, and a policy by which nothing else is executed, loaded or posted to. */
function inlined(html, { icon, script, style, policy }) {
  const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const rules = [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    "img-src data:",
    ...policy,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
  const replacements = [
    [/<meta charset=utf-8>/, `<meta charset=utf-8><meta http-equiv="Content-Security-Policy" content="${rules}">`],
    [/href="icon.svg"/, `href="${icon}"`],
    [/<link rel=stylesheet[^>]*>/, `<style>${style}</style>`],
    [/<script type=module src[^>]*><\/script>/, `<script>${script}</script>`],
  ];
  return replacements.reduce((text, [pattern, replacement]) => {
    if (!pattern.test(text)) throw new Error(`static/: the page has no ${pattern} to put its parts in`);
    return text.replace(pattern, () => replacement);
  }, html);
}
