// npm run check -- http://localhost:9026/
import { checkCommand } from "./command.ts";

const paths = { pages: ".serve/pages", root: "." };
process.exit(await checkCommand(process.argv.slice(2), paths, "npm run check --"));
