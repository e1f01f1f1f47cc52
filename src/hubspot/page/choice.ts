// Which app the page frames: what "Call from" lists, what is chosen of it, and how the choice goes on when offers change.
import { element } from "../../panel/element.ts";
import { noteChoice, notedChoice, type Offer, offersOf } from "./providers.ts";
import type { RegisteredApp } from "./registry.ts";

/**
 * Opens the choice on the page's "Call from". Nothing is listed before the first `list`.
 * @param own URL of the project's own app
 * @param asked the URL in the page's address, if any
 * @param isWindow whether the page is the calling window, which frames what was chosen in the tab
 * @param on `chose` is told of a choice, by a person or because what was chosen changed; `complain`, in words, of a
 * value that cannot be read
 */
export function openChoice(
  { own, asked, isWindow }: { own: string; asked: string | null; isWindow: boolean },
  on: { chose(offer: Offer): void; complain(words: string): void },
) {
  const provider = element("provider", HTMLSelectElement);
  let registered: readonly RegisteredApp[] = [];
  let offers: Offer[] = [];
  let chosen: Offer | undefined;

  /** Lists what there is to choose; gives whether the choice is still the same. */
  function listOffers(): boolean {
    const noted = isWindow ? notedChoice(localStorage) : undefined;
    offers = noted ? [noted] : offersOf(own, asked, registered, localStorage, on.complain);
    const options = offers.map(({ name, isReady }, index) => {
      const option = new Option(isReady ? name : `${name} (not ready)`, `${index}`);
      option.disabled = !isReady;
      return option;
    });
    provider.replaceChildren(...options);
    const index = offers.findIndex(({ id, isReady }) => isReady && id === chosen?.id);
    provider.selectedIndex = Math.max(0, index);
    return JSON.stringify(offers[index]) === JSON.stringify(chosen);
  }

  function choose(): void {
    chosen = offers[provider.selectedIndex];
    if (!chosen) return;
    noteChoice(localStorage, chosen);
    on.chose(chosen);
  }

  provider.onchange = choose;
  return {
    /** Lists the apps that are registered now, besides the others, and chooses anew if the choice is another by that. */
    list(apps: readonly RegisteredApp[] = registered): void {
      registered = apps;
      const isSame = listOffers();
      if (!isSame || !chosen) choose();
    },
    /** What is chosen. */
    get offer() {
      return chosen;
    },
  };
}
