// Softphones, each bundled into a page as a developer would bundle it.
import { buildSync } from "esbuild";

function bundle(file: string): string {
  const { outputFiles } = buildSync({ entryPoints: [file], bundle: true, write: false });
  return outputFiles[0]?.text ?? "";
}

/** The example softphone. */
export const softphonePage = `<!doctype html><html lang="en"><title>Softphone</title><main><h1>Softphone</h1><p></p></main>
  <script>${bundle("test/examples/softphone.ts")}</script>`;

/** A softphone that handles several calls at once. */
export const severalCallsPage = `<!doctype html><html lang="en"><title>Softphone</title><body>
  <script>${bundle("test/support/several-calls-softphone.ts")}</script>`;
