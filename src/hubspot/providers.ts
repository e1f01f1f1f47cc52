// The calling apps to choose from in "Call from": this project's own, one named in the address, and those that the
// local-storage keys offer, as in HubSpot.
import * as v from "valibot";
import { isWebUrl } from "./answers.ts";
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

export type Offer = Provider & { isReady: boolean };

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
 * @param complain is told of a local-storage value that cannot be read
 */
export function offersOf(
  own: string,
  asked: string | null,
  storage: Storage,
  complain: (words: string) => void,
): Offer[] {
  const offers: Offer[] = [{ name: "Calling app", url: own, ...usualSize, isReady: true }];
  if (asked) {
    if (isWebUrl(asked)) offers.unshift({ name: new URL(asked).host, url: asked, ...usualSize, isReady: true });
    else complain(`?app= must be a URL, as http://localhost:3000/; "${asked}" is none.`);
  }
  for (const key of overrideKeys) {
    const stored = storage.getItem(key);
    if (stored === null) continue;
    const read = v.safeParse(v.pipe(v.string(), v.parseJson(), override), stored);
    if (read.success) {
      const { name, url, isReady = true, width = usualSize.width, height = usualSize.height } = read.output;
      offers.push({ name, url, width, height, isReady });
    } else {
      const [issue] = read.issues;
      complain(
        `${key}: ${v.getDotPath(issue) ?? "the value"} is wrong: ${issue.message}. HubSpot reads {"name", "url"}.`,
      );
    }
  }
  if (storage.getItem("LocalSettings:Calling:installDemoWidget") === "local") {
    offers.push({ name: "Demo App Local", url: "https://localhost:9025/", ...usualSize, isReady: true });
  }
  return offers;
}
