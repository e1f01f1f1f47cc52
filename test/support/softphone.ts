// The example softphone, bundled into a page as a developer would bundle it.
import { buildSync } from "esbuild";

const { outputFiles } = buildSync({ entryPoints: ["test/examples/softphone.ts"], bundle: true, write: false });

export const softphonePage = `<!doctype html><html lang="en"><title>Softphone</title><main><h1>Softphone</h1><p></p></main>
  <script>${outputFiles[0]?.text}</script>`;
