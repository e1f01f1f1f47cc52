// The apps in the “Call from” menu: this project's app, the app from the page's URL, the registered apps, and the apps from
// HubSpot's localStorage keys.
import * as v from "valibot";
import { isLoopback } from "../../../http/loopback.ts";
import { isWebUrl } from "../../crm/replies.ts";
import type { Provider } from "../../session/session-events.ts";
import type { RegisteredApp } from "../backend/server-state.ts";
import type { PageStorage } from "../common/page-storage.ts";

const pixels = v.pipe(v.number(), v.minValue(1));
/** The format of an app in HubSpot's localStorage keys. The simulator stores apps in the same format. */
export const storedProvider = v.object({
  name: v.string(),
  url: v.custom<string>(isWebUrl, "must be an http or https URL"),
  isReady: v.optional(v.boolean()),
  width: v.optional(pixels),
  height: v.optional(pixels),
  supportsInboundCalling: v.optional(v.boolean()),
  usesCallingWindow: v.optional(v.boolean()),
});

/** `id` stays the same when the settings change. `mode` comes from the app's inbound call settings. */
export type ProviderOption = Provider & {
  id: string;
  isReady: boolean;
  mode?: { supportsInboundCalling: boolean; usesCallingWindow: boolean };
};

/** In pixels. HubSpot documents no default; its demo apps have this size. */
export const defaultSize = { width: 400, height: 650 };

/** The second key is deprecated, and applies only if the first is missing. */
const overrideKeys = ["LocalSettings:Calling:CallingExtensions", "LocalSettings:Sales:CallingExtensions"];
/** Enables inbound calling for the app in the override key. */
const inboundKey = "LocalSettings:Calling:supportsInboundCalling";
const chosenKey = "chosen provider";
const confirmedKey = "confirmed origins";

/** Stores this tab's app for the calling window, whose URL may lack the app's URL. */
export function rememberProvider(storage: PageStorage, option: ProviderOption): void {
  storage.setItem(chosenKey, JSON.stringify(option));
}

export function rememberedProvider(storage: PageStorage): ProviderOption | undefined {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), storedProvider), storage.getItem(chosenKey));
  if (!read.success) return undefined;
  const { name, url, width = defaultSize.width, height = defaultSize.height } = read.output;
  return { id: "remembered", name, url, width, height, isReady: true };
}

/**
 * Returns the apps in the menu. The first app is the default.
 * @param defaultUrl the URL of this project's app
 * @param requestedUrl the value of the `app` parameter in the page's URL, or the URL that the user entered
 * @param registered the apps that are registered with the simulator's settings endpoints
 * @param onProblem receives a message for each invalid value
 */
export function providerOptions(
  defaultUrl: string,
  requestedUrl: string | null,
  registered: readonly RegisteredApp[],
  storage: PageStorage,
  onProblem: (problem: string) => void,
): ProviderOption[] {
  const defaults = { ...defaultSize, isReady: true };
  const options: ProviderOption[] = [{ id: "own", name: "Calling app", url: defaultUrl, ...defaults }];
  if (requestedUrl && !isSameUrl(requestedUrl, defaultUrl)) {
    if (isWebUrl(requestedUrl)) {
      options.unshift({ id: "address", name: new URL(requestedUrl).host, url: requestedUrl, ...defaults });
    } else onProblem(`Invalid URL "${requestedUrl}" in ?app=; use a full URL such as http://localhost:3000/.`);
  }
  options.push(...registered.flatMap(optionOf));
  const override = readOverride(storage, onProblem);
  if (override) {
    const { width, height, isReady = true, supportsInboundCalling, usesCallingWindow = true, ...named } = override;
    const size = { ...(width && { width }), ...(height && { height }) };
    const inbound = supportsInboundCalling ?? storage.getItem(inboundKey) === "true";
    const mode = inbound ? { mode: { supportsInboundCalling: true, usesCallingWindow } } : {};
    // The settings in the override key replace the settings of a registered app with the same name.
    const same = options.find((option) => option.mode && option.name === named.name);
    if (same) Object.assign(same, named, size, mode, { isReady });
    else options.push({ id: "override", ...defaultSize, ...named, ...size, ...mode, isReady });
  }
  if (storage.getItem("LocalSettings:Calling:installDemoWidget") === "local") {
    options.push({ id: "local", name: "Demo App Local", url: "https://localhost:9025/", ...defaults });
  }
  return options;
}

/** Returns whether both strings are valid URLs, and are the same after normalization. */
export function isSameUrl(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href;
}

function optionOf({ appId, settings }: RegisteredApp): ProviderOption[] {
  if (!settings) return [];
  const { name, url, width, height, isReady, supportsInboundCalling, usesCallingWindow } = settings;
  const mode = { supportsInboundCalling, usesCallingWindow };
  return [{ id: `app ${appId}`, name, url, width, height, isReady, mode }];
}

/** If the page's URL names an app on another machine, the user must approve the app, because any site can link to this page. */
export function needsConfirmation({ id, url }: ProviderOption): boolean {
  return id === "address" && !isLoopback(new URL(url).hostname);
}

/** Stores the user's approval of all apps on the URL's origin. */
export function confirm(storage: PageStorage, { url }: Pick<ProviderOption, "url">): void {
  storage.setItem(confirmedKey, JSON.stringify([...confirmedIn(storage), new URL(url).origin]));
}

export function isConfirmed(storage: PageStorage, { url }: ProviderOption): boolean {
  return confirmedIn(storage).includes(new URL(url).origin);
}

function confirmedIn(storage: PageStorage): string[] {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), v.array(v.string())), storage.getItem(confirmedKey));
  return read.success ? read.output : [];
}

function readOverride(
  storage: PageStorage,
  onProblem: (problem: string) => void,
): v.InferOutput<typeof storedProvider> | undefined {
  const key = overrideKeys.find((name) => storage.getItem(name) !== null);
  if (!key) return undefined;
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), storedProvider), storage.getItem(key));
  if (read.success) return read.output;
  const [issue] = read.issues;
  const field = v.getDotPath(issue) ?? "the value";
  onProblem(
    `The value of the localStorage key ${key} is invalid: ${field}: ${issue.message}. The value must be JSON with "name" and "url".`,
  );
  return undefined;
}
