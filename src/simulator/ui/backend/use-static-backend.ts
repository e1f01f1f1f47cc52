import { replaceBackend } from "./backend.ts";
import { createStaticBackend } from "./static-backend.ts";

replaceBackend(createStaticBackend());
