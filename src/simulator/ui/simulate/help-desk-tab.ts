// The Help desk tab: connects a number from a registered app's webhook, and lists the steps of a call with that number.
import { element, make } from "../../../dom/element.ts";
import { fieldsOf } from "../../../protocol/fields.ts";
import type { WebhookExchange } from "../../api/numbers-webhook-client.ts";
import type { CrmRecord } from "../../crm/crm-records.ts";
import type { Session } from "../../session/session.ts";
import { backend } from "../backend/backend.ts";
import { type RegisteredApp, requestNumbers } from "../backend/server-state.ts";
import type { Calling } from "../calling/call-button.ts";
import type { PageStorage } from "../common/page-storage.ts";
import type { Tabs } from "../common/tabs.ts";
import { advanceHelpDeskCall, type Direction, type HelpDeskCall, startHelpDeskCall } from "./help-desk-call.ts";

const overrideKey = "LocalSettings:Calling:supportsChannelConnection";

/** @param storage contains HubSpot's key `supportsChannelConnection` if the user has set it */
export function createHelpDeskTab(
  { on, settings }: Pick<Session, "on" | "settings">,
  calling: Calling,
  records: () => readonly CrmRecord[],
  storage: PageStorage,
  tabs: Tabs,
) {
  const account = () => ({ portalId: settings.portalId, userId: settings.userId });
  const panel = element("deskCall", HTMLElement);
  let connectedNumber = "";
  let listedJson = "";
  let call: HelpDeskCall | undefined;

  function connect(number: string): void {
    connectedNumber = number;
    call = undefined;
    for (const button of element("helpDesk", HTMLUListElement).querySelectorAll<HTMLElement>("[data-number]")) {
      button.ariaPressed = `${button.dataset.number === number}`;
    }
    render();
  }

  function start(direction: Direction): void {
    call = startHelpDeskCall(direction, connectedNumber);
    render();
    if (direction !== "OUTBOUND") return;
    const [record] = records();
    const [phone] = record?.numbers ?? [];
    if (record && phone) void calling.press({ record, phone, page: undefined });
  }

  function render(): void {
    panel.hidden = !connectedNumber;
    panel.replaceChildren(...createCallPanel(connectedNumber, start), ...(call ? [createCallSteps(call)] : []));
  }

  on("messageReceived", ({ message: { type, data } }) => {
    if (!call) return;
    const next = advanceHelpDeskCall(call, type, fieldsOf(data));
    if (next === call) return;
    call = next;
    render();
  });

  return {
    /** The user can connect a number of an app with `isReady: false` only if `supportsChannelConnection` is "true". */
    list(apps: readonly RegisteredApp[]): void {
      const json = JSON.stringify(apps);
      if (json === listedJson) return;
      listedJson = json;
      const isOverridden = storage.getItem(overrideKey) === "true";
      const items = apps
        .filter(({ settings, channelConnection }) => settings ?? channelConnection)
        .map((app) => createAppItem(app, isOverridden, account, connect));
      element("helpDesk", HTMLUListElement).replaceChildren(...(items.length > 0 ? items : [createEmptyItem(tabs)]));
      if (connectedNumber) connect("");
    },
  };
}

function createEmptyItem(tabs: Tabs): HTMLElement {
  const content = make("div", {}, make("p", {}, make("small", {}, "No app is registered yet.")));
  tabs.onceSelected("helpDeskTab", () => void createSteps().then((steps) => content.append(...steps)));
  return make("li", {}, content);
}

async function createSteps(): Promise<HTMLElement[]> {
  try {
    const steps = await backend.howToRegister();
    return steps.flatMap(({ text, code }) => [
      make("p", {}, make("small", {}, text)),
      ...(code ? [make("pre", {}, code)] : []),
    ]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    return [
      make("em", {}, `Could not read the webhook's URL from the simulator's server (${reason}). Is it still running?`),
    ];
  }
}

function createCallPanel(number: string, start: (direction: Direction) => void): HTMLElement[] {
  const button = (label: string, direction: Direction) =>
    make("button", { type: "button", onclick: () => start(direction) }, label);
  return [
    make("h3", {}, `${number} is connected`),
    make(
      "p",
      { className: "hint" },
      "HubSpot does not document how a call with a connected number proceeds. The simulator assumes that HubSpot does not tell the app which number is connected, that an outbound call starts with DIAL_NUMBER from a page outside any record, and that an inbound call starts in the app.",
    ),
    make("div", { className: "buttons" }, button("Outbound call", "OUTBOUND"), button("Inbound call", "INBOUND")),
  ];
}

function createCallSteps({ direction, steps }: HelpDeskCall): HTMLElement {
  const next = steps.find(({ isDone }) => !isDone);
  const items = steps.map((step) => {
    const item = make("li", {}, step.text, ...(step.problem ? [make("br"), make("em", {}, step.problem)] : []));
    item.dataset.step = step.isDone ? "done" : "open";
    if (step === next) item.ariaCurrent = "step";
    return item;
  });
  const status = next
    ? `${direction === "INBOUND" ? "Inbound" : "Outbound"} call. The app should call these SDK methods:`
    : "The call is finalized.";
  return make("div", {}, make("p", { role: "status" }, status), make("ol", { className: "steps down" }, ...items));
}

function createAppItem(
  { appId, settings, channelConnection }: RegisteredApp,
  isOverridden: boolean,
  account: () => { portalId: number; userId: number },
  connect: (number: string) => void,
): HTMLElement {
  const selectable = channelConnection?.isReady || isOverridden;
  const button = make("button", { type: "button", disabled: !channelConnection || !selectable }, "Connect a number");
  const note =
    (!channelConnection && "no webhook is registered") || (selectable ? channelConnection?.url : "isReady is false");
  const result = make("div", { className: "numbers" });
  button.onclick = async () => {
    result.replaceChildren("Requesting the numbers …");
    connect("");
    try {
      result.replaceChildren(...createNumbers(await requestNumbers({ appId, ...account() }), connect));
    } catch (error) {
      result.replaceChildren(make("em", {}, error instanceof Error ? error.message : String(error)));
    }
  };
  const name = make("b", {}, settings?.name ?? `app ${appId}`);
  const item = make("li", {}, make("div", {}, name, make("small", {}, `${note}`)), button, result);
  item.dataset.app = `${appId}`;
  return item;
}

function createNumbers(
  { request, response, numbers, problems }: WebhookExchange,
  connect: (number: string) => void,
): HTMLElement[] {
  const list = make("ul");
  for (const { e164PhoneNumber, extension, shownName, selectable } of numbers) {
    const label = `${shownName} ${e164PhoneNumber}${extension ? `, extension ${extension}` : ""}`;
    const button = make("button", { type: "button", disabled: !selectable, ariaPressed: "false" }, label);
    button.dataset.number = e164PhoneNumber;
    button.onclick = () => connect(e164PhoneNumber);
    list.append(make("li", {}, button));
  }
  const problemItems = problems.map((problem) => make("p", {}, make("em", {}, problem)));
  const wire = JSON.stringify({ request, response }, null, 2);
  return [
    list,
    ...problemItems,
    make("details", {}, make("summary", {}, "Request and response"), make("pre", {}, wire)),
  ];
}
