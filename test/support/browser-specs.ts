// Finds the specs that need a browser, for the project `node`. That project has no browser, so a spec that this file
// overlooks fails there.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "..");

/** Patterns that match only specs that need a browser. */
const signs = [
  // a fixture that opens a page
  /\(\{[^}]*\b(page|context|browser|host|errors|simulator)\b[^}]*\}(, \w+)?\) (=>|\{)/,
  // the package's own fixture
  /from "[./]*src\/testing\/playwright\.ts"/,
  // the check, which starts a browser
  /"[./]*src\/check\/(check|command|run-scenario|browser\/browsers|browser\/launch-browser)\.ts"|"[./]*support\/check\.ts"|"--run", "check"|"npm run check|"cli\.js"/,
];

/** Returns the specs' paths relative to `test/`. */
export function browserSpecs(): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".spec.ts"))
    .filter((path) => {
      const source = readFileSync(join(folder, path), "utf8");
      return signs.some((sign) => sign.test(source));
    })
    .map((path) => path.replaceAll("\\", "/"));
}
