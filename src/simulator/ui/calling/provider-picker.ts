// The “Call from” menu, in which the user selects the app to load. When the list of apps changes, the selected app stays
// selected if it is still in the list.
import { element } from "../../../dom/element.ts";
import { startAppTiming } from "../../../http/start-app-timing.ts";
import { isWebUrl } from "../../../http/web-url.ts";
import type { Session } from "../../session/session.ts";
import { backend } from "../backend/backend.ts";
import type { RegisteredApp } from "../backend/server-state.ts";
import type { Alert } from "../common/alert.ts";
import { showConfirmDialog } from "../common/confirm-dialog.ts";
import type { PageAddress } from "../common/page-address.ts";
import type { PageStorage } from "../common/page-storage.ts";
import { changeSettings } from "../setup/session-form.ts";
import { addRecentApp, appUrlOf } from "./app-url.ts";
import type { Calling } from "./call-button.ts";
import { portalOfWindow } from "./calling-window.ts";
import { forgetChoice, storeChoice, storedChoice } from "./chosen-provider.ts";
import {
  confirm,
  isConfirmed,
  isSameUrl,
  needsConfirmation,
  type ProviderOption,
  providerOptions,
  rememberedProvider,
  rememberProvider,
} from "./providers.ts";

/**
 * The first call to `list` selects the app from the page's URL, or else the user's last choice, or else the default app. In the
 * calling window, it selects the most recently loaded app.
 */
export class ProviderPicker {
  readonly #select = element("provider", HTMLSelectElement);
  readonly #address: PageAddress;
  readonly #session: Session;
  readonly #calling: Calling;
  readonly #alert: Alert;
  readonly #storage: PageStorage;
  /** Undefined until the server has listed the registered apps. */
  #registered: readonly RegisteredApp[] | undefined;
  /** The app's URL from the page's parameters, or the URL that the user entered later. */
  #requestedUrl: string | null;
  /**
   * The value of the `app` parameter while an app from the menu is loaded. A server that was started with `--app` adds a
   * missing `app` parameter to the URL, but does not replace an empty one.
   */
  readonly #withoutApp: "" | undefined = hasStartApp() ? "" : undefined;
  #options: ProviderOption[] = [];
  #chosen: ProviderOption | undefined;
  #isLoaded: boolean = false;

  /** @param storage stores the user's choice, the recent URLs and the approved origins */
  constructor(address: PageAddress, session: Session, calling: Calling, alert: Alert, storage: PageStorage) {
    this.#address = address;
    this.#session = session;
    this.#calling = calling;
    this.#alert = alert;
    this.#storage = storage;
    const app = address.get("app");
    this.#requestedUrl = isWebUrl(app) ? app : ((app && appUrlOf(app)) ?? app);
    this.#select.onchange = () => void this.#switch(this.#select.selectedIndex);
  }

  /**
   * Updates the menu. On the first call, and when the selected app's settings have changed, also loads the selected app, after
   * the user's approval if necessary.
   */
  list = (apps = this.#registered): void => {
    this.#registered = apps;
    const isFirst = this.#chosen === undefined;
    const isSame = this.#render();
    if (isFirst || !isSame) this.#chooseSelected(false);
  };

  /** Loads the app at a URL that the user entered. */
  enter = async (url: string): Promise<void> => {
    if (!(await this.#calling.mayLeave("Switch anyway"))) return;
    this.#requestedUrl = url;
    this.#chosen = undefined;
    confirm(this.#storage, { url });
    this.#render();
    this.#chooseSelected(true);
  };

  /** Reloads the selected app. If the user has not approved the app, asks again. */
  retry = (): void => {
    if (this.#isLoaded) this.#session.open();
    else if (this.#chosen) void this.#askFirst(this.#chosen, false);
  };

  /** Reloads the app with its registered settings. */
  reload = (): void => {
    if (this.#isLoaded && this.#chosen) choose(this.#session, this.#chosen);
  };

  async #switch(index: number): Promise<void> {
    this.#render(); // Shows the previous selection until the user confirms.
    if (!(await this.#calling.mayLeave("Switch anyway"))) return;
    this.#select.selectedIndex = index;
    this.#chooseSelected(true);
  }

  /** Updates the menu. Returns whether the selected app is unchanged. */
  #render(): boolean {
    this.#options = optionsFor({
      address: this.#address.url,
      requestedUrl: this.#requestedUrl,
      registered: this.#registered,
      storage: this.#storage,
      onProblem: (problem) => this.#alert.show("address", problem),
    });
    const wanted = this.#chosen ?? initialOption(this.#options, this.#requestedUrl, storedChoice(this.#storage));
    const index = this.#options.findIndex(({ id, isReady }) => isReady && id === wanted?.id);
    this.#select.replaceChildren(...this.#options.map(createOption));
    this.#select.selectedIndex = Math.max(0, index);
    return JSON.stringify(this.#options[index]) === JSON.stringify(this.#chosen);
  }

  /** @param isByUser whether the user chose the app, so that the choice is stored when the app is loaded */
  #chooseSelected(isByUser: boolean): void {
    const option = this.#options[this.#select.selectedIndex];
    if (!option) return;
    this.#chosen = option;
    this.#isLoaded = false;
    if (needsConfirmation(option) && !isConfirmed(this.#storage, option)) void this.#askFirst(option, isByUser);
    else this.#load(option, isByUser);
  }

  async #askFirst(option: ProviderOption, isByUser: boolean): Promise<void> {
    const isWanted = await withholdAndAsk(this.#session, option);
    if (!isWanted || this.#chosen !== option) return;
    confirm(this.#storage, option);
    this.#load(option, isByUser);
  }

  #load(option: ProviderOption, isByUser: boolean): void {
    const isEntered = option.id === "address";
    this.#isLoaded = true;
    rememberProvider(this.#storage, option);
    if (isEntered) addRecentApp(this.#storage, option.url);
    if (isByUser) {
      storeChoice(this.#storage, option);
      this.#address.set("app", isEntered ? option.url : this.#withoutApp);
    }
    choose(this.#session, option);
  }
}

function hasStartApp(): boolean {
  const [navigation] = performance.getEntriesByType("navigation");
  const isMarked = ({ name }: PerformanceServerTiming) => name === startAppTiming;
  return navigation instanceof PerformanceNavigationTiming && navigation.serverTiming.some(isMarked);
}

type Sources = {
  address: URL;
  requestedUrl: string | null;
  registered: readonly RegisteredApp[] | undefined;
  storage: PageStorage;
  onProblem: (problem: string) => void;
};

/** Returns the apps in the menu. In the calling window, the menu contains only the most recently loaded app, if any. */
function optionsFor({ address, requestedUrl, registered, storage, onProblem }: Sources): ProviderOption[] {
  const remembered = portalOfWindow(address) === undefined ? undefined : rememberedProvider(storage);
  if (remembered) return [remembered];
  const options = providerOptions(backend.appUrl(address), requestedUrl, registered ?? [], storage, onProblem);
  const choice = storedChoice(storage);
  if (!choice || options.some(({ id }) => id === choice.id)) return options;
  const isListedLater = !registered && choice.id.startsWith("app ");
  if (choice.id === "address" || isListedLater) return [...options, choice];
  forgetChoice(storage);
  return options;
}

function initialOption(
  options: readonly ProviderOption[],
  requestedUrl: string | null,
  choice: ProviderOption | undefined,
): ProviderOption | undefined {
  const requested = requestedUrl && options.find(({ url }) => isSameUrl(url, requestedUrl));
  return requested || options.find(({ id }) => id === choice?.id);
}

/** Any site can link to this page with its own app in the URL, so the user must approve the app. */
function withholdAndAsk(session: Session, { url }: ProviderOption): Promise<boolean> {
  const { origin } = new URL(url);
  session.withhold(`You have not approved the remote app at ${origin}.`);
  return showConfirmDialog(`Load the remote app at ${origin}? Its calls will be stored on this computer.`, "Load");
}

function createOption({ name, isReady }: ProviderOption, index: number): HTMLOptionElement {
  const option = new Option(isReady ? name : `${name} (not ready)`, `${index}`);
  option.disabled = !isReady;
  return option;
}

function choose(session: Session, option: ProviderOption): void {
  if (option.mode) {
    const { supportsInboundCalling, usesCallingWindow } = option.mode;
    const iframeLocation = supportsInboundCalling ? "remote" : "widget";
    changeSettings(session, new URLSearchParams({ iframeLocation, usesCallingWindow: `${usesCallingWindow}` }));
  }
  session.choose(option);
}
