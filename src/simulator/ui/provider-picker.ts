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
    options = optionsFor(address, registered, alert);
    select.replaceChildren(...options.map(createOption));
    const index = options.findIndex(({ id, isReady }) => isReady && id === chosen?.id);
    select.selectedIndex = Math.max(0, index);
    return JSON.stringify(options[index]) === JSON.stringify(chosen);
  }

  function choose(): void {
    const option = options[select.selectedIndex];
    if (!option) return;
    chosen = option;
    isLoaded = false;
    if (needsConfirmation(option) && !isConfirmed(localStorage, option)) void askFirst(option);
    else load(option);
  }

  function load(option: ProviderOption): void {
    isLoaded = true;
    rememberProvider(localStorage, option);
    if (option.mode) changeSettings(session, settingsOf(option.mode));
    session.choose(option);
  }

  /** Any site can open this page with an app of its own in the address. */
  async function askFirst(option: ProviderOption): Promise<void> {
    if (!(await confirmOrigin(session, option)) || chosen !== option) return;
    confirm(localStorage, option);
    load(option);
  }

  select.onchange = async () => {
    const { selectedIndex } = select;
    render(); // shows the old choice until the user may leave it
    if (!(await calling.mayLeave("Choose it all the same"))) return;
    select.selectedIndex = selectedIndex;
    choose();
  };

  return {
    /** Lists the apps; chooses again if nothing was chosen yet or the chosen app has changed. */
    list(apps: readonly RegisteredApp[] = registered): void {
      registered = apps;
      if (!render() || !chosen) choose();
    },
    /** Loads the chosen app again, or asks again whether it may be loaded. */
    retry(): void {
      if (isLoaded) session.open();
      else if (chosen) void askFirst(chosen);
    },
  };
}

function confirmOrigin(session: Session, { url }: ProviderOption): Promise<boolean> {
  const { origin } = new URL(url);
  session.withhold(`${origin} is not of this machine, and nobody has said yes to it here.`);
  const question = `Frame ${origin}? The app is not of this machine, and its calls will be kept here.`;
  return showConfirmDialog(question, "Frame it");
}

/** The calling window has the app that was chosen in the tab. */
function optionsFor(address: URL, registered: readonly RegisteredApp[], alert: Alert) {
  const remembered = portalOfWindow(address) === undefined ? undefined : rememberedProvider(localStorage);
  if (remembered) return [remembered];
  const complain = (problem: string) => alert.show("address", problem);
  const own = `${address.protocol}//localhost:${address.port}/`;
  return providerOptions(own, address.searchParams.get("app"), registered, localStorage, complain);
}

function createOption({ name, isReady }: ProviderOption, index: number): HTMLOptionElement {
  const option = new Option(isReady ? name : `${name} (not ready)`, `${index}`);
  option.disabled = !isReady;
  return option;
}

function settingsOf({ supportsInboundCalling, usesCallingWindow }: NonNullable<ProviderOption["mode"]>) {
  const iframeLocation = supportsInboundCalling ? "remote" : "widget";
  return new URLSearchParams({ iframeLocation, usesCallingWindow: `${usesCallingWindow}` });
}
