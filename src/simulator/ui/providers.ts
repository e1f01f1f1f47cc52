// The calling apps to choose from in "Call from": this project's own, one named in the address, and those that the
// local-storage keys option, as in HubSpot.
import * as v from "valibot";
import { isLoopback } from "../../http/loopback.ts";
import { isWebUrl } from "../session/replies.ts";
import type { Provider } from "../session/session-events.ts";
import type { RegisteredApp } from "./server-state.ts";

const pixels = v.pipe(v.number(), v.minValue(1));
/** What the local-storage keys of HubSpot hold; the calling window finds the tab's choice in the same shape. */
const override = v.object({
  name: v.string(),
  url: v.custom<string>(isWebUrl, "it must be a URL of http or https"),
  isReady: v.optional(v.boolean()),
  width: v.optional(pixels),
  height: v.optional(pixels),
  supportsInboundCalling: v.optional(v.boolean()),
  usesCallingWindow: v.optional(v.boolean()),
});

/** `id` stays when the settings change; `mode` is what the app says of inbound calls. */
export type ProviderOption = Provider & {
  id: string;
  isReady: boolean;
  mode?: { supportsInboundCalling: boolean; usesCallingWindow: boolean };
};

/** Pixels; what the vendor's demos ask for. HubSpot names no default. */
export const usualSize = { width: 400, height: 650 };

/** The second is deprecated, and is read where the first is missing. */
const overrideKeys = ["LocalSettings:Calling:CallingExtensions", "LocalSettings:Sales:CallingExtensions"];
/** Un-gates inbound calling for the app that the first key options. */
const inboundKey = "LocalSettings:Calling:supportsInboundCalling";
const chosenKey = "chosen provider";
const confirmedKey = "confirmed origins";

/** Notes the choice for the calling window, which has no address of the app's. */
export function rememberProvider(storage: Storage, option: ProviderOption): void {
  storage.setItem(chosenKey, JSON.stringify(option));
}

/** The choice that was noted, if any. */
export function rememberedProvider(storage: Storage): ProviderOption | undefined {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), override), storage.getItem(chosenKey));
  if (!read.success) return undefined;
  const { name, url, width = usualSize.width, height = usualSize.height } = read.output;
  return { id: "noted", name, url, width, height, isReady: true };
}

/**
 * What there is to choose, the first being the choice until somebody makes another.
 * @param own the project's own app
 * @param asked the URL in the address, if any
 * @param registered the apps that are registered with the simulator's settings endpoints
 * @param complain is told of a value that cannot be read
 */
export function providerOptions(
  own: string,
  asked: string | null,
  registered: readonly RegisteredApp[],
  storage: Storage,
  complain: (words: string) => void,
): ProviderOption[] {
  const usual = { ...usualSize, isReady: true };
  const options: ProviderOption[] = [{ id: "own", name: "Calling app", url: own, ...usual }];
  if (asked) {
    if (isWebUrl(asked)) options.unshift({ id: "asked", name: new URL(asked).host, url: asked, ...usual });
    else complain(`?app= must be a URL, as http://localhost:3000/; "${asked}" is none.`);
  }
  options.push(...registered.flatMap(optionOf));
  const given = overrideIn(storage, complain);
  if (given) {
    const { width, height, isReady = true, supportsInboundCalling, usesCallingWindow = true, ...named } = given;
    const size = { ...(width && { width }), ...(height && { height }) };
    const inbound = supportsInboundCalling ?? storage.getItem(inboundKey) === "true";
    const mode = inbound ? { mode: { supportsInboundCalling: true, usesCallingWindow } } : {};
    const same = options.find((option) => option.mode && option.name === named.name);
    if (same) Object.assign(same, named, size, mode, { isReady });
    else options.push({ id: "override", ...usualSize, ...named, ...size, ...mode, isReady });
  }
  if (storage.getItem("LocalSettings:Calling:installDemoWidget") === "local") {
    options.push({ id: "local", name: "Demo App Local", url: "https://localhost:9025/", ...usual });
  }
  return options;
}

function optionOf({ appId, settings }: RegisteredApp): ProviderOption[] {
  if (!settings) return [];
  const { name, url, width, height, isReady, supportsInboundCalling, usesCallingWindow } = settings;
  const mode = { supportsInboundCalling, usesCallingWindow };
  return [{ id: `app ${appId}`, name, url, width, height, isReady, mode }];
}

/** Whether anybody's page may have brought the option here, by a link to this page, and it is not of this machine. */
export function needsConfirmation({ id, url }: ProviderOption): boolean {
  return id === "asked" && !isLoopback(new URL(url).hostname);
}

/** Notes that a person wants apps of this origin here, also the next time. */
export function confirm(storage: Storage, { url }: ProviderOption): void {
  storage.setItem(confirmedKey, JSON.stringify([...confirmedIn(storage), new URL(url).origin]));
}

export function isConfirmed(storage: Storage, { url }: ProviderOption): boolean {
  return confirmedIn(storage).includes(new URL(url).origin);
}

function confirmedIn(storage: Storage): string[] {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), v.array(v.string())), storage.getItem(confirmedKey));
  return read.success ? read.output : [];
}

/** What the local-storage key says; an app of the same name as a registered one overrides its settings. */
function overrideIn(storage: Storage, complain: (words: string) => void): v.InferOutput<typeof override> | undefined {
  const key = overrideKeys.find((name) => storage.getItem(name) !== null);
  if (!key) return undefined;
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), override), storage.getItem(key));
  if (read.success) return read.output;
  const [issue] = read.issues;
  const field = v.getDotPath(issue) ?? "the value";
  complain(`${key}: ${field} is wrong: ${issue.message}. HubSpot reads {"name", "url"}.`);
  return undefined;
}
