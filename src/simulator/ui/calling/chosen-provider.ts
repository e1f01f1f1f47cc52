// Stores the app that the user has chosen. As in HubSpot, the choice survives reloads and applies to new tabs.
import * as v from "valibot";
import type { PageStorage } from "../common/page-storage.ts";
import { defaultSize, type ProviderOption, storedProvider } from "./providers.ts";

const key = "chosen by the user";

const choiceSchema = v.object({
  id: v.string(),
  ...storedProvider.entries,
  mode: v.exactOptional(v.object({ supportsInboundCalling: v.boolean(), usesCallingWindow: v.boolean() })),
});

export function storeChoice(storage: PageStorage, option: ProviderOption): void {
  storage.setItem(key, JSON.stringify(option));
}

export function storedChoice(storage: PageStorage): ProviderOption | undefined {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), choiceSchema), storage.getItem(key));
  if (!read.success) return undefined;
  const { id, name, url, width = defaultSize.width, height = defaultSize.height, mode } = read.output;
  return { id, name, url, width, height, isReady: true, ...(mode && { mode }) };
}

/** Call this when the chosen app no longer exists. */
export function forgetChoice(storage: PageStorage): void {
  storage.removeItem(key);
}
