// The tab "Help desk", with HubSpot's "Connect a number": which apps can be chosen, what their webhooks say, and a call with the number
// that is connected.
import { element, make } from "../../dom/element.ts";
import { fieldsOf } from "../../protocol/fields.ts";
import type { WebhookExchange } from "../api/numbers-webhook-client.ts";
import { records } from "../session/crm-records.ts";
import type { Session } from "../session/session.ts";
import type { Calling } from "./call-button.ts";
import { beginDeskCall, continueDeskCall, type DeskCall, type Direction } from "./help-desk-call.ts";
import { type RegisteredApp, requestNumbers } from "./server-state.ts";

const overrideKey = "LocalSettings:Calling:supportsChannelConnection";

export function createHelpDeskTab({ on, settings }: Pick<Session, "on" | "settings">, calling: Calling) {
  const who = () => ({ portalId: settings.portalId, userId: settings.userId });
  const place = element("deskCall", HTMLElement);
  let connected = "";
  let listed = "";
  let call: DeskCall | undefined;

  function connect(number: string): void {
    connected = number;
    call = undefined;
    for (const button of element("helpDesk", HTMLUListElement).querySelectorAll<HTMLElement>("[data-number]")) {
      button.ariaPressed = `${button.dataset.number === number}`;
    }
    render();
  }

  function begin(direction: Direction): void {
    call = beginDeskCall(direction, connected);
    render();
    if (direction !== "OUTBOUND") return;
    const [record] = records;
    const [phone] = record?.numbers ?? [];
    if (record && phone) void calling.press(record, phone);
  }

  function render(): void {
    place.hidden = !connected;
    place.replaceChildren(...createCallPanel(connected, begin), ...(call ? [createCallSteps(call)] : []));
  }

  on("messageReceived", ({ message: { type, data } }) => {
    if (!call) return;
    const next = continueDeskCall(call, type, fieldsOf(data));
    if (next === call) return;
    call = next;
    render();
  });

  return {
    /** Lists the registered apps. One whose webhook is not ready is greyed out, unless the local-storage key says otherwise. */
    list(apps: readonly RegisteredApp[]): void {
      const json = JSON.stringify(apps);
      if (json === listed) return;
      listed = json;
      const items = apps
        .filter(({ settings, channelConnection }) => settings ?? channelConnection)
        .map((app) => createAppItem(app, who, connect));
      const words = `Nothing is registered here yet. With HUBSPOT_API_URL=${location.origin}, the settings command line registers a webhook by channel-connection create.`;
      const nobody = make("li", {}, make("small", {}, words));
      element("helpDesk", HTMLUListElement).replaceChildren(...(items.length > 0 ? items : [nobody]));
      if (connected) connect("");
    },
  };
}

function createCallPanel(number: string, begin: (direction: Direction) => void): HTMLElement[] {
  const button = (label: string, direction: Direction) =>
    make("button", { type: "button", onclick: () => begin(direction) }, label);
  return [
    make("h3", {}, `${number} is connected`),
    make(
      "p",
      { className: "hint" },
      "The app does the calling, and nothing tells it which number is connected. For an outbound call HubSpot dials as on a record, by DIAL_NUMBER; an inbound one rings at the app. This is chosen: the vendor's pages do not say.",
    ),
    make("div", { className: "buttons" }, button("Outbound call", "OUTBOUND"), button("Inbound call", "INBOUND")),
  ];
}

function createCallSteps({ direction, steps }: DeskCall): HTMLElement {
  const next = steps.find(({ isDone }) => !isDone);
  const items = steps.map((step) => {
    const item = make("li", {}, step.words);
    item.dataset.step = step.isDone ? "done" : "open";
    if (step === next) item.ariaCurrent = "step";
    return item;
  });
  const words = next
    ? `${direction === "INBOUND" ? "Inbound" : "Outbound"}: press in the app`
    : "The call is finalized.";
  return make("div", {}, make("p", { role: "status" }, words), make("ol", { className: "steps down" }, ...items));
}

function createAppItem(
  { appId, settings, channelConnection }: RegisteredApp,
  who: () => { portalId: number; userId: number },
  connect: (number: string) => void,
): HTMLElement {
  const selectable = channelConnection?.isReady || localStorage.getItem(overrideKey) === "true";
  const button = make("button", { type: "button", disabled: !channelConnection || !selectable }, "Connect a number");
  const why =
    (!channelConnection && "no webhook is registered") || (selectable ? channelConnection?.url : "isReady is false");
  const result = make("div", { className: "numbers" });
  button.onclick = async () => {
    result.replaceChildren("Asking …");
    connect("");
    try {
      result.replaceChildren(...createNumbers(await requestNumbers({ appId, ...who() }), connect));
    } catch (error) {
      result.replaceChildren(make("em", {}, error instanceof Error ? error.message : String(error)));
    }
  };
  const name = make("b", {}, settings?.name ?? `app ${appId}`);
  const item = make("li", {}, make("div", {}, name, make("small", {}, `${why}`)), button, result);
  item.dataset.app = `${appId}`;
  return item;
}

function createNumbers(
  { request, response, numbers, problems }: WebhookExchange,
  connect: (number: string) => void,
): HTMLElement[] {
  const list = make("ul");
  for (const { e164PhoneNumber, extension, shownName, selectable } of numbers) {
    const words = `${shownName} ${e164PhoneNumber}${extension ? `, extension ${extension}` : ""}`;
    const button = make("button", { type: "button", disabled: !selectable, ariaPressed: "false" }, words);
    button.dataset.number = e164PhoneNumber;
    button.onclick = () => connect(e164PhoneNumber);
    list.append(make("li", {}, button));
  }
  const wrong = problems.map((problem) => make("p", {}, make("em", {}, problem)));
  const wire = JSON.stringify({ request, response }, null, 2);
  return [list, ...wrong, make("details", {}, make("summary", {}, "Request and response"), make("pre", {}, wire))];
}
