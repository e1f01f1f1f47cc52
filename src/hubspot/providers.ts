// The calling apps to choose from in "Call from": this project's own, one named in the address, and those that the
// local-storage keys offer, as in HubSpot.
import * as v from "valibot";
import { isWebUrl } from "./answers.ts";
import type { RegisteredApp } from "./registry.ts";
import type { Provider } from "./session.ts";

const pixels = v.pipe(v.number(), v.minValue(1));
/** What the local-storage keys of HubSpot hold; the calling window finds the tab's choice in the same shape. */
const override = v.object({
  name: v.string(),
  url: v.custom<string>(isWebUrl, "it must be a URL of http or https"),
  isReady: v.optional(v.boolean()),
  width: v.optional(pixels),
  height: v.optional(pixels),
});

/** `mode` is what a registered app says of inbound calls. */
export type Offer = Provider & {
  isReady: boolean;
  mode?: { supportsInboundCalling: boolean; usesCallingWindow: boolean };
};

/** Pixels; what the vendor's demos ask for. HubSpot names no default. */
export const usualSize = { width: 400, height: 650 };

/** The second is deprecated, and was once read where the first was missing. */
const overrideKeys = ["LocalSettings:Calling:CallingExtensions", "LocalSettings:Sales:CallingExtensions"];
const chosenKey = "chosen provider";

/** Notes the choice for the calling window, which has no address of the app's. */
export function noteChoice(storage: Storage, offer: Offer): void {
  storage.setItem(chosenKey, JSON.stringify(offer));
}

/** The choice that was noted, if any. */
export function notedChoice(storage: Storage): Offer | undefined {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), v.required(override)), storage.getItem(chosenKey));
  return read.success ? read.output : undefined;
}

/**
 * What there is to choose, the first being the choice until somebody makes another.
 * @param own the project's own app
 * @param asked the URL in the address, if any
 * @param registered the apps that are registered with the stand-in's settings endpoints
 * @param complain is told of a value that cannot be read
 */
export function offersOf(
  own: string,
  asked: string | null,
  registered: readonly RegisteredApp[],
  storage: Storage,
  complain: (words: string) => void,
): Offer[] {
  const offers: Offer[] = [{ name: "Calling app", url: own, ...usualSize, isReady: true }];
  if (asked) {
    if (isWebUrl(asked)) offers.unshift({ name: new URL(asked).host, url: asked, ...usualSize, isReady: true });
    else complain(`?app= must be a URL, as http://localhost:3000/; "${asked}" is none.`);
  }
  offers.push(...registered.flatMap(({ settings }) => (settings ? [offerOf(settings)] : [])));
  for (const given of overridesIn(storage, complain)) {
    const { width, height, isReady = true, ...named } = given;
    const size = { ...(width && { width }), ...(height && { height }) };
    const same = offers.find((offer) => offer.mode && offer.name === named.name);
    if (same) Object.assign(same, named, size, { isReady });
    else offers.push({ ...usualSize, ...named, ...size, isReady });
  }
  if (storage.getItem("LocalSettings:Calling:installDemoWidget") === "local") {
    offers.push({ name: "Demo App Local", url: "https://localhost:9025/", ...usualSize, isReady: true });
  }
  return offers;
}

function offerOf(settings: NonNullable<RegisteredApp["settings"]>): Offer {
  const { name, url, width, height, isReady, supportsInboundCalling, usesCallingWindow } = settings;
  return { name, url, width, height, isReady, mode: { supportsInboundCalling, usesCallingWindow } };
}

/** What the local-storage keys say. An app of the same name as a registered one overrides its settings. */
function overridesIn(storage: Storage, complain: (words: string) => void): v.InferOutput<typeof override>[] {
  return overrideKeys.flatMap((key) => {
    const stored = storage.getItem(key);
    if (stored === null) return [];
    const read = v.safeParse(v.pipe(v.string(), v.parseJson(), override), stored);
    if (read.success) return [read.output];
    const [issue] = read.issues;
    const field = v.getDotPath(issue) ?? "the value";
    complain(`${key}: ${field} is wrong: ${issue.message}. HubSpot reads {"name", "url"}.`);
    return [];
  });
}
