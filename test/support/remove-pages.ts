// Removes the test server's folder. Its name is the server's port, so each run would leave another folder behind.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { ports } from "./ports.ts";

export default () =>
  rm(join(import.meta.dirname, "../../.serve", ports.HTTP_PORT), { recursive: true, force: true, maxRetries: 3 });
