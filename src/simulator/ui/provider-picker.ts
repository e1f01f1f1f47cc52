// The “Call from” menu: selects the app to load. The selection stays when the list of apps changes.
import { element } from "../../dom/element.ts";
import type { Session } from "../session/session.ts";
import type { Alert } from "./alert.ts";
import { backend } from "./backend.ts";
import type { Calling } from "./call-button.ts";
import { portalOfWindow } from "./calling-window.ts";
import { forgetChoice, storeChoice, storedChoice } from "./chosen-provider.ts";
import { showConfirmDialog } from "./confirm-dialog.ts";
import type { PageAddress } from "./page-address.ts";
import type { PageStorage } from "./page-storage.ts";
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
import type { RegisteredApp } from "./server-state.ts";
import { changeSettings } from "./session-tab.ts";

/**
 * The first call of `list` fills the menu and loads an app: the app in the address, or else the user's last choice.
 * @param storage keeps the choice and the approved origins
 */
export function createProviderPicker(
  address: PageAddress,
  session: Session,
  calling: Calling,
  alert: Alert,
  storage: PageStorage,
) {
  const select = element("provider", HTMLSelectElement);
  const requestedUrl = address.url.searchParams.get("app") || null;
  // A server that was started with --app adds the parameter if it is missing, but not if it is empty.
  const withoutApp = address.url.searchParams.has("app") ? "" : undefined;
  const onProblem = (problem: string) => alert.show("address", problem);
  let registered: readonly RegisteredApp[] | undefined;
  let options: ProviderOption[] = [];
  let chosen: ProviderOption | undefined;
  let isLoaded = false;

  /** Returns whether the selected app is unchanged. */
  function render(): boolean {
    options = optionsFor({ address: address.url, requestedUrl, registered, storage, onProblem });
    const wanted = chosen ?? initialOption(options, requestedUrl, storedChoice(storage));
    const index = options.findIndex(({ id, isReady }) => isReady && id === wanted?.id);
    select.replaceChildren(...options.map(createOption));
    select.selectedIndex = Math.max(0, index);
    return JSON.stringify(options[index]) === JSON.stringify(chosen);
  }

  /** @param isByUser stores the choice, as soon as the app may be loaded */
  function chooseSelected(isByUser: boolean): void {
    const option = options[select.selectedIndex];
    if (!option) return;
    chosen = option;
    isLoaded = false;
    if (needsConfirmation(option) && !isConfirmed(storage, option)) void askFirst(option, isByUser);
    else load(option, isByUser);
  }

  function load(option: ProviderOption, isByUser: boolean): void {
    isLoaded = true;
    rememberProvider(storage, option);
    if (isByUser) {
      storeChoice(storage, option);
      address.set("app", option.id === "address" ? option.url : withoutApp);
    }
    choose(session, option);
  }

  async function askFirst(option: ProviderOption, isByUser: boolean): Promise<void> {
    const isWanted = await withholdAndAsk(session, option);
    if (!isWanted || chosen !== option) return;
    confirm(storage, option);
    load(option, isByUser);
  }

  select.onchange = async () => {
    const { selectedIndex } = select;
    render(); // Shows the previous selection until the user confirms.
    if (!(await calling.mayLeave("Switch anyway"))) return;
    select.selectedIndex = selectedIndex;
    chooseSelected(true);
  };

  return {
    /** Also loads the selected app on the first call, and when the app's settings have changed. */
    list(apps = registered): void {
      registered = apps;
      const isFirst = chosen === undefined;
      const isSame = render();
      if (isFirst || !isSame) chooseSelected(false);
    },
    /** Reloads the selected app. If the user has not approved it, asks again. */
    retry(): void {
      if (isLoaded) session.open();
      else if (chosen) void askFirst(chosen, false);
    },
  };
}

type Sources = {
  address: URL;
  requestedUrl: string | null;
  /** Undefined until the server has listed the registered apps. */
  registered: readonly RegisteredApp[] | undefined;
  storage: PageStorage;
  onProblem: (problem: string) => void;
};

/** The calling window offers only the app of the tab. */
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
