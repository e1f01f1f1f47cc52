// npm run settings -- --help
import { settings } from "./settings.ts";

process.exitCode = await settings(process.argv.slice(2));
