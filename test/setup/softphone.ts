// The softphone of the README as a page, bundled as whoever copies it would.
import { buildSync } from "esbuild";

const { outputFiles } = buildSync({ entryPoints: ["test/examples/softphone.ts"], bundle: true, write: false });

export const softphonePage = `<!doctype html><title>Softphone</title><body><script>${outputFiles[0]?.text}</script>`;
