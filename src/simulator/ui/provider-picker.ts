// The “Call from” menu: selects the app to load. The selection stays when the list of apps changes.
import { element } from "../../dom/element.ts";
import type { Session } from "../session/session.ts";
import type { Alert } from "./alert.ts";
import { backend } from "./backend.ts";
import type { Calling } from "./call-button.ts";
import { portalOfWindow } from "./calling-window.ts";
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
import { changeSettings } from "./session-tab.ts";

/** The first call of `list` fills the menu and loads an app. */
export function createProviderPicker(address: URL, session: Session, calling: Calling, alert: Alert) {
  const select = element("provider", HTMLSelectElement);
  let registered: readonly RegisteredApp[] = [];
  let options: ProviderOption[] = [];
  let chosen: ProviderOption | undefined;
  let isLoaded = false;

  /** Returns whether the selected app is unchanged. */
  function render(): boolean {
    options = optionsFor(address, registered, (problem) => alert.show("address", problem));
    const index = options.findIndex(({ id, isReady }) => isReady && id === chosen?.id);
    select.replaceChildren(...options.map(createOption));
    select.selectedIndex = Math.max(0, index);
    return JSON.stringify(options[index]) === JSON.stringify(chosen);
  }

  function chooseSelected(): void {
    const option = options[select.selectedIndex];
    if (!option) return;
    chosen = option;
    isLoaded = false;
    if (needsConfirmation(option) && !isConfirmed(localStorage, option)) void askFirst(option);
    else load(option);
  }

  function load(option: ProviderOption): void {
    isLoaded = true;
    choose(session, option);
  }

  async function askFirst(option: ProviderOption): Promise<void> {
    const isWanted = await withholdAndAsk(session, option);
    if (!isWanted || chosen !== option) return;
    confirm(localStorage, option);
    load(option);
  }

  select.onchange = async () => {
    const { selectedIndex } = select;
    render(); // Shows the previous selection until the user confirms.
    if (!(await calling.mayLeave("Switch anyway"))) return;
    select.selectedIndex = selectedIndex;
    chooseSelected();
  };

  return {
    /** Also loads the selected app on the first call, and when the app's settings have changed. */
    list(apps: readonly RegisteredApp[] = registered): void {
      registered = apps;
      const isFirst = chosen === undefined;
      const isSame = render();
      if (isFirst || !isSame) chooseSelected();
    },
    /** Reloads the selected app. If the user has not approved it, asks again. */
    retry(): void {
      if (isLoaded) session.open();
      else if (chosen) void askFirst(chosen);
    },
  };
}

/** Any site can link to this page with its own app in the URL, so the user must approve the app. */
function withholdAndAsk(session: Session, { url }: ProviderOption): Promise<boolean> {
  const { origin } = new URL(url);
  session.withhold(`You have not approved the remote app at ${origin}.`);
  return showConfirmDialog(`Load the remote app at ${origin}? Its calls will be stored on this computer.`, "Load");
}

/** The calling window offers only the app that was selected in the tab. */
function optionsFor(address: URL, registered: readonly RegisteredApp[], onProblem: (problem: string) => void) {
  const remembered = portalOfWindow(address) === undefined ? undefined : rememberedProvider(localStorage);
  if (remembered) return [remembered];
  return providerOptions(backend.appUrl(address), address.searchParams.get("app"), registered, localStorage, onProblem);
}

function createOption({ name, isReady }: ProviderOption, index: number): HTMLOptionElement {
  const option = new Option(isReady ? name : `${name} (not ready)`, `${index}`);
  option.disabled = !isReady;
  return option;
}

function choose(session: Session, option: ProviderOption): void {
  rememberProvider(localStorage, option);
  if (option.mode) {
    const { supportsInboundCalling, usesCallingWindow } = option.mode;
    const iframeLocation = supportsInboundCalling ? "remote" : "widget";
    changeSettings(session, new URLSearchParams({ iframeLocation, usesCallingWindow: `${usesCallingWindow}` }));
  }
  session.choose(option);
}
