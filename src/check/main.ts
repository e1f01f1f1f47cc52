// npm run check -- http://localhost:9026/
import { checkCommand } from "./command.ts";

process.exit(await checkCommand(process.argv.slice(2), ".serve/pages", "npm run check --"));
