// "Call from": which app the page loads, and how the choice goes on when the apps change.
import { element } from "../../dom/element.ts";
import type { Session } from "../session/session.ts";
import type { Alert } from "./alert.ts";
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

/** Lists nothing and loads nothing before the first `list`. */
export function createProviderPicker(address: URL, session: Session, calling: Calling, alert: Alert) {
  const select = element("provider", HTMLSelectElement);
  let registered: readonly RegisteredApp[] = [];
  let options: ProviderOption[] = [];
  let chosen: ProviderOption | undefined;
  let isLoaded = false;

  /** Returns whether the choice is still the same. */
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
    render(); // shows the old choice until the user may leave it
    if (!(await calling.mayLeave("Choose it all the same"))) return;
    select.selectedIndex = selectedIndex;
    chooseSelected();
  };

  return {
    /** Lists the apps; chooses again if nothing was chosen yet or the chosen app has changed. */
    list(apps: readonly RegisteredApp[] = registered): void {
      registered = apps;
      const isFirst = chosen === undefined;
      const isSame = render();
      if (isFirst || !isSame) chooseSelected();
    },
    /** Loads the chosen app again, or asks again whether it may be loaded. */
    retry(): void {
      if (isLoaded) session.open();
      else if (chosen) void askFirst(chosen);
    },
  };
}

/** Any site can open this page with an app of its own in the address, so the user has to confirm it. */
function withholdAndAsk(session: Session, { url }: ProviderOption): Promise<boolean> {
  const { origin } = new URL(url);
  session.withhold(`${origin} is not of this machine, and nobody has said yes to it here.`);
  return showConfirmDialog(
    `Frame ${origin}? The app is not of this machine, and its calls will be kept here.`,
    "Frame it",
  );
}

/** The calling window has the app that was chosen in the tab. */
function optionsFor(address: URL, registered: readonly RegisteredApp[], complain: (problem: string) => void) {
  const remembered = portalOfWindow(address) === undefined ? undefined : rememberedProvider(localStorage);
  if (remembered) return [remembered];
  const own = `${address.protocol}//localhost:${address.port}/`;
  return providerOptions(own, address.searchParams.get("app"), registered, localStorage, complain);
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
