// Which app the page frames: what "Call from" lists, what is chosen of it, and how the choice goes on when offers change.
import { element } from "../../dom/element.ts";
import { showConfirmDialog } from "./confirm-dialog.ts";
import {
  confirm,
  isConfirmed,
  needsConfirmation,
  type ProviderOption,
  providerOptions,
  rememberedProvider,
  rememberProvider,
} from "./providers.ts";
import type { RegisteredApp } from "./server-state.ts";

/**
 * Opens the choice on the page's "Call from". Nothing is listed before the first `list`.
 * @param own URL of the project's own app
 * @param asked the URL in the page's address, if any
 * @param isWindow whether the page is the calling window, which frames what was chosen in the tab
 * @param on `chose` is told of a choice, by a person or because what was chosen changed; `held` in
 * words of one that is not framed until a person confirms it; `complain` of a value that cannot be read;
 * `mayLeave` says whether a person may choose another now
 */
export function createProviderPicker(
  { own, asked, isWindow }: { own: string; asked: string | null; isWindow: boolean },
  on: {
    chose(offer: ProviderOption): void;
    held(words: string): void;
    complain(words: string): void;
    mayLeave(): Promise<boolean>;
  },
) {
  const provider = element("provider", HTMLSelectElement);
  let registered: readonly RegisteredApp[] = [];
  let offers: ProviderOption[] = [];
  let chosen: ProviderOption | undefined;
  /** What is chosen, if it may be framed. */
  let framed: ProviderOption | undefined;

  /** Lists what there is to choose; gives whether the choice is still the same. */
  function listOffers(): boolean {
    const noted = isWindow ? rememberedProvider(localStorage) : undefined;
    offers = noted ? [noted] : providerOptions(own, asked, registered, localStorage, on.complain);
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
    const offer = offers[provider.selectedIndex];
    if (!offer) return;
    chosen = offer;
    framed = undefined;
    if (needsConfirmation(offer) && !isConfirmed(localStorage, offer)) void askFirst(offer);
    else take(offer);
  }

  function take(offer: ProviderOption): void {
    framed = offer;
    rememberProvider(localStorage, offer);
    on.chose(offer);
  }

  /** Any site can open this page with an app of its own in the address. */
  async function askFirst(offer: ProviderOption): Promise<void> {
    const { origin } = new URL(offer.url);
    on.held(`${origin} is not of this machine, and nobody has said yes to it here.`);
    const words = `Frame ${origin}? The app is not of this machine, and its calls will be kept here.`;
    if (!(await showConfirmDialog(words, "Frame it")) || chosen !== offer) return;
    confirm(localStorage, offer);
    take(offer);
  }

  provider.onchange = async () => {
    const { selectedIndex } = provider;
    listOffers(); // shows what is chosen, until another is
    if (!(await on.mayLeave())) return;
    provider.selectedIndex = selectedIndex;
    choose();
  };
  return {
    /** Lists the apps that are registered now, besides the others, and chooses anew if the choice is another by that. */
    list(apps: readonly RegisteredApp[] = registered): void {
      registered = apps;
      const isFirst = chosen === undefined;
      const isSame = listOffers();
      if (isFirst || !isSame) choose();
    },
    /** Asks once more whether what is chosen may be framed. */
    askAgain(): void {
      if (chosen && !framed) void askFirst(chosen);
    },
    /** What is chosen, if it may be framed. */
    get offer() {
      return framed;
    },
  };
}
