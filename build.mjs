// Builds the pages, the package and the rule reference, and runs the server and two commands.
//
//   node build.mjs                   builds the app into dist/, and the simulator into dist/simulator/, for any static host
//   node build.mjs --serve           builds both pages into .serve/<port>/, serves them and opens the browser
//   node build.mjs --serve --watch   also rebuilds after each change; the open pages reload, or show the build's errors
//   node build.mjs --run settings -- …   runs the settings command with these arguments
//   node build.mjs --run check -- …      builds both pages into .serve/pages/, and runs the check command
//   node build.mjs --package         builds the npm package into lib/: the programs, their types, and both pages
//   node build.mjs --rules           writes src/simulator/rules/README.md, the rule reference
//
//   --no-open                        does not open the browser
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { parseArgs, promisify } from "node:util";
import esbuild from "esbuild";

/** The origins that may load the app in an iframe: HubSpot, its test system, and this machine. See also src/app/guard.ts. */
const ancestors = [
  "https://hubspot.com",
  "https://*.hubspot.com",
  "https://hubspotqa.com",
  "https://*.hubspotqa.com",
  "http://localhost:*",
  "https://localhost:*",
  "http://127.0.0.1:*",
  "https://127.0.0.1:*",
];

/** The server sends these headers with every page. Some static hosts read them from dist/_headers. */
const headers = {
  "Content-Security-Policy": `frame-ancestors 'self' ${ancestors.join(" ")}`,
  // SDK versions from 2022 get HubSpot's origin from the referrer, so the simulator must send a referrer.
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "X-Content-Type-Options": "nosniff",
};

/** The directive for pages that send requests to their server: the simulator, and with --watch also the app. */
const connectSelf = "connect-src 'self'";

const pages = {
  app: { html: "static/index.html", style: "static/index.css", script: "src/index.ts", policy: [] },
  simulator: {
    html: "static/simulator.html",
    style: "static/simulator.css",
    script: "src/simulator/ui/page.ts",
    // blob: lets the app in the iframe offer downloads. Firefox also checks downloads against the outer page's policy.
    // tel: and the schemes after it let the app open other programs, for example a softphone.
    policy: ["frame-src http: https: blob: tel: sip: sips: callto: mailto:", connectSelf],
  },
};

/** A part of both pages. The build inserts it in place of the comment `<!-- log.html -->`. */
const logHtml = "static/log.html";

/** The package's programs, by their file names in lib/. */
const programs = {
  cli: "src/cli/cli.ts",
  server: "src/testing/server.ts",
  webhook: "src/webhook/webhook.ts",
  playwright: "src/testing/playwright.ts",
  protocol: "src/protocol/index.ts",
};

/** The build bundles these programs with their dependencies as CommonJS, because Jest loads only CommonJS by default. */
const testPrograms = { mock: "src/mock/create-hubspot.ts", protocol: programs.protocol };
/** The package's commands that --run accepts. */
const commands = ["settings", "check"];

const nodeOptions = { bundle: true, platform: "node", format: "esm", packages: "external", logLevel: "silent" };

const { flags, args } = readFlags();
const task =
  (flags.serve && serve) ||
  (flags.run && runCommand) ||
  (flags.package && buildPackage) ||
  (flags.rules && writeRules) ||
  buildSite;
await task().catch((error) => fail(describe(error)));

function readFlags() {
  const options = {
    serve: { type: "boolean" },
    run: { type: "string" },
    package: { type: "boolean" },
    rules: { type: "boolean" },
    watch: { type: "boolean" },
    "no-open": { type: "boolean" },
  };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: process.argv[2]?.startsWith("--run") });
    return { flags: values, args: positionals };
  } catch (error) {
    return fail(error.message);
  }
}

function fail(reason) {
  console.error(reason);
  // Without this call, esbuild may print its own error when the process exits.
  esbuild.stop();
  process.exit(1);
}

/** Returns the error's message. Formats esbuild's errors on one line. */
function describe({ errors, message }) {
  if (!errors) return message;
  const lines = errors.map(toBuildError).map(({ at, text }) => (at ? `${at}: ${text}` : text));
  return `The build failed. ${lines.join("; ")}`;
}

/** src/server/build-report.ts describes the result. */
function toBuildError({ text, location }) {
  if (!location) return { at: "", text, source: "" };
  const { file, line, column, lineText } = location;
  // esbuild's column counts bytes. The caret's line contains the source line's tabs, so that the caret is below the column.
  const before = Buffer.from(lineText).subarray(0, column).toString().replace(/[^\t]/g, " ");
  return { at: `${file}:${line}:${column}`, text, source: `${lineText}\n${before}^` };
}

async function buildSite() {
  await rm("dist", { recursive: true, force: true });
  await esbuild.build(pageOptions(pages.app, { folder: "dist" }));
  await esbuild.build(
    pageOptions({ ...pages.simulator, script: "src/simulator/ui/static-page.ts" }, { folder: "dist/simulator" }),
  );
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}\n`);
  await writeFile("dist/_headers", `/*\n${lines.join("")}`);
}

async function buildPages(folder = ".serve/pages") {
  for (const [name, page] of Object.entries(pages)) {
    await esbuild.build(pageOptions(page, { folder: join(folder, name) }));
  }
  await writeHeaders(folder);
}

/** Writes the headers beside the pages, where the server reads them. */
async function writeHeaders(folder) {
  await writeFile(join(folder, "headers.json"), JSON.stringify(headers));
}

async function serve() {
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      // If this process ends during a build, esbuild's process may wait for this process forever.
      esbuild.stop();
      process.kill(process.pid, signal);
    });
  }
  const { openBrowser, openServer } = await importServer();
  const { urls } = await openServer({
    paths: (port) => ({ pages: join(".serve", `${port}`), store: join(".serve", `${port}`, "hubspot.json") }),
    certificateFolder: "certs",
    phoneNumbersFile: "src/webhook/phone-numbers.json",
    environment: process.env,
    environmentFile: ".env",
    headers,
    async build({ pages: folder, built }) {
      for (const [name, page] of Object.entries(pages)) {
        const target = { folder: join(folder, name), built: (build) => built(name, build) };
        const context = await esbuild.context(pageOptions(page, target));
        await context.rebuild();
        if (flags.watch) await context.watch();
        else await context.dispose();
      }
      await writeHeaders(folder);
    },
  });
  console.log(urls.map(({ what, url }) => `${what.padEnd(18)} ${url}`).join("\n"));
  if (!flags["no-open"]) openBrowser(urls[0].url);
}

async function importServer() {
  // The name contains the process id, because two servers may start at the same time.
  const outfile = resolve(`.serve/server-${process.pid}.mjs`);
  await esbuild.build({ ...nodeOptions, entryPoints: ["src/server/server.ts"], outfile });
  const server = await import(pathToFileURL(outfile));
  await rm(outfile);
  return server;
}

async function runCommand() {
  if (!commands.includes(flags.run)) {
    throw new Error(`--run: unknown command "${flags.run}"; use one of ${commands.join(", ")}`);
  }
  if (flags.run === "check") await buildPages();
  // The name contains the process id, because two commands may run at the same time.
  const outfile = resolve(`.serve/${flags.run}-${process.pid}.mjs`);
  process.on("exit", () => rmSync(outfile, { force: true }));
  await esbuild.build({ ...nodeOptions, entryPoints: [`src/${flags.run}/main.ts`], outfile });
  process.argv = [process.execPath, outfile, ...args];
  await import(pathToFileURL(outfile));
}

async function buildPackage() {
  await rm("lib", { recursive: true, force: true });
  await esbuild.build(pageOptions(pages.app, { folder: "lib/pages/app" }));
  // Users may want to read the calling app's sources, so the package contains a source map for the app only.
  await esbuild.build({ ...pageOptions(pages.simulator, { folder: "lib/pages/simulator" }), sourcemap: false });
  await writeHeaders("lib/pages");
  await copyFile("src/webhook/phone-numbers.json", "lib/phone-numbers.json");
  await esbuild.build({
    ...nodeOptions,
    entryPoints: programs,
    outdir: "lib",
    splitting: true,
    minify: true,
    target: "node20",
  });
  await esbuild.build({
    ...nodeOptions,
    entryPoints: testPrograms,
    outdir: "lib",
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    packages: "bundle",
    minify: true,
    target: "node20",
  });
  // One thread takes about a third less CPU time than several.
  const tsc = ["node_modules/typescript/bin/tsc", "-p", "src/testing/tsconfig.json", "--singleThreaded"];
  const { stdout } = await promisify(execFile)(process.execPath, tsc).catch((error) => error);
  if (stdout) throw new Error(stdout);
  const { declarations } = await importSource('export { declarations } from "./declarations.ts";', "src/protocol");
  await writeFile("lib/types/protocol/payload-types.d.ts", declarations());
  const entries = ["testing/server", "testing/playwright", "webhook/webhook", "protocol/index", "mock/create-hubspot"];
  await keepReachable(
    "lib/types",
    entries.map((entry) => `${entry}.d.ts`),
  );
}

/** Deletes the declaration files that no entry point imports, directly or indirectly. */
async function keepReachable(folder, entries) {
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

/** A spec fails if the committed README differs from this output. */
async function writeRules() {
  const folder = "src/simulator/rules";
  const contents = `export { referenceOf } from "./reference.ts"; export { rules } from "./index.ts";`;
  const { referenceOf, rules } = await importSource(contents, folder);
  await writeFile(join(folder, "README.md"), referenceOf(rules));
}

/** Bundles TypeScript code whose imports are relative to `resolveDir`, and imports the bundle. */
async function importSource(contents, resolveDir) {
  const outfile = resolve(`.serve/source-${process.pid}.mjs`);
  await esbuild.build({ ...nodeOptions, stdin: { contents, resolveDir, loader: "ts" }, outfile });
  const source = await import(pathToFileURL(outfile));
  await rm(outfile);
  return source;
}

/**
 * Returns esbuild's options for a page. The output is one HTML file with inlined style and script, plus the script's source
 * map.
 * @param target `folder` is the output folder; `built` receives the result of each build
 */
function pageOptions(page, { folder, built = () => {} }) {
  const onEnd = async ({ outputFiles, errors }) => {
    if (errors.length > 0) {
      built({ errors: errors.map(toBuildError) });
      return;
    }
    try {
      built({ id: await writePage(page, outputFiles, folder), errors: [] });
    } catch (error) {
      built({ errors: [{ at: "", text: error.message, source: "" }] });
      throw error;
    }
  };
  return {
    entryPoints: [page.html, logHtml, page.style, page.script],
    entryNames: "[name]",
    outdir: folder,
    write: false,
    bundle: true,
    minify: true,
    // A module would run only after the browser has parsed the whole page, but the app must listen before HubSpot's first
    // SYNC.
    format: "iife",
    target: "es2022",
    sourcemap: "linked",
    loader: { ".html": "copy" },
    inject: flags.watch ? ["src/dom/reload.ts"] : [],
    logLevel: "silent",
    plugins: [{ name: "one file", setup: (build) => build.onEnd(onEnd) }],
  };
}

/** Writes the page and its source map. Returns an id that depends on the content of both. */
async function writePage({ html, policy }, outputFiles, folder) {
  const output = (suffix) => outputFiles.find(({ path }) => path.endsWith(suffix));
  const parts = {
    icon: await iconUrl(),
    script: output(".js").text.trim(),
    // Removes the reference to the stylesheet's source map, because the build does not write that file.
    style: output(".css")
      .text.replace(/\/\*#.*/, "")
      .trim(),
    policy: flags.watch ? [...new Set([...policy, connectSelf])] : policy,
  };
  const withLog = insertLog(output(basename(html)).text, output(basename(logHtml)).text);
  const text = inline(minifyHtml(withLog), parts);
  const map = output(".js.map");
  const id = createHash("sha256")
    .update(text)
    .update(map?.contents ?? "")
    .digest("hex")
    .slice(0, 16);
  await mkdir(folder, { recursive: true });
  await replaceFile(join(folder, "index.html"), flags.watch ? withBuildId(text, `${basename(folder)}/${id}`) : text);
  if (map) await writeFile(join(folder, basename(map.path)), map.contents);
  return id;
}

/** In watch mode, src/dom/reload.ts compares the page's build id with the latest id. */
function withBuildId(html, id) {
  return html.replace("<meta ", `<meta name=build content="${id}"><meta `);
}

/** A browser that loads the page during the build receives the old file or the new one, but never an incomplete one. */
async function replaceFile(path, text) {
  await writeFile(`${path}.new`, text);
  await renameWithRetries(`${path}.new`, path);
}

/** On Windows, a program that reads the file, such as the server or a virus scanner, can block the rename for a moment. */
async function renameWithRetries(from, to, [delayMs, ...laterDelaysMs] = [10, 20, 40, 80, 160, 320, 640, 1280]) {
  try {
    await rename(from, to);
  } catch (error) {
    if (delayMs === undefined || !["EPERM", "EACCES", "EBUSY"].includes(error.code)) throw error;
    await sleep(delayMs);
    await renameWithRetries(from, to, laterDelaysMs);
  }
}

async function iconUrl() {
  const svg = (await readFile("static/icon.svg", "utf8")).replace(/<title>.*<\/title>|\n/g, "");
  return `data:image/svg+xml,${svg.replaceAll('"', "'").replaceAll("#", "%23")}`;
}

function insertLog(html, log) {
  const comment = "<!-- log.html -->";
  if (!html.includes(comment)) throw new Error(`static/: a page has no ${comment}; add it where the log belongs`);
  return html.replace(comment, () => log);
}

/**
 * Removes comments, line breaks between tags, indentation, and optional quotes and end tags. Writes non-ASCII characters as
 * references, because browsers load an ASCII page faster: they store it with one byte per character instead of two.
 */
function minifyHtml(html) {
  return html
    .replace(/[^\0-\x7f]/gu, (character) => `&#${character.codePointAt(0)};`)
    .replace(/<!--.*?-->/gs, "")
    .replace(/>\n\s*</g, "><")
    .replace(/\n\s+/g, "\n")
    .replace(/="([\w-]+)"/g, "=$1")
    .replace(/<\/(dd|li|option|head|body|html)>/g, "");
}

/**
 * Inserts the icon, style and script into the HTML, and adds a Content-Security-Policy that blocks other scripts and styles,
 * form submissions, and requests that `policy` does not allow.
 */
function inline(html, { icon, script, style, policy }) {
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
  const charset = "<meta charset=utf-8>";
  const replacements = [
    [charset, `${charset}<meta http-equiv="Content-Security-Policy" content="${rules}">`],
    ['href="icon.svg"', `href="${icon}"`],
    [/<link rel=stylesheet[^>]*>/, `<style>${style}</style>`],
    [/<script type=module[^>]*><\/script>/, `<script>${script}</script>`],
  ];
  return replacements.reduce((text, [part, replacement]) => {
    if (text.search(part) < 0) throw new Error(`static/: a page has no ${part}, which build.mjs must replace`);
    return text.replace(part, () => replacement);
  }, html);
}
