// Removes the test server's folder. Its name is the server's port, which differs in each run, so the folders would accumulate.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { ports } from "./ports.ts";

export default () =>
  rm(join(import.meta.dirname, "../../.serve", ports.HTTP_PORT), { recursive: true, force: true, maxRetries: 3 });
