// "Connect a number" of the help desk: which apps can be chosen, and what their webhooks say.
import { element, make } from "../../panel/element.ts";
import type { Asking } from "../api/desk.ts";
import { askForNumbers, type RegisteredApp } from "./registry.ts";

const override = "LocalSettings:Calling:supportsChannelConnection";

/**
 * Lists the registered apps. One whose webhook is not ready is greyed out, unless the local-storage key says otherwise.
 * @param who the account and the user that ask
 */
export function listHelpDesk(apps: readonly RegisteredApp[], who: () => { portalId: number; userId: number }): void {
  const items = apps
    .filter(({ settings, channelConnection }) => settings ?? channelConnection)
    .map(({ appId, settings, channelConnection }) => {
      const selectable = channelConnection?.isReady || localStorage.getItem(override) === "true";
      const button = make(
        "button",
        { type: "button", disabled: !channelConnection || !selectable },
        "Connect a number",
      );
      const why =
        (!channelConnection && "no webhook is registered") ||
        (selectable ? channelConnection?.url : "isReady is false");
      const shown = make("div");
      button.onclick = async () => {
        shown.replaceChildren("Asking …");
        try {
          shown.replaceChildren(...show(await askForNumbers({ appId, ...who() })));
        } catch (error) {
          shown.replaceChildren(make("em", {}, error instanceof Error ? error.message : String(error)));
        }
      };
      const name = make("b", {}, settings?.name ?? `app ${appId}`);
      const item = make("li", {}, name, " ", make("small", {}, `${why}`), make("br"), button, shown);
      item.dataset.app = `${appId}`;
      return item;
    });
  const nobody = make(
    "li",
    {},
    make("small", {}, "Nothing is registered: npm run settings -- channel-connection create"),
  );
  element("helpDesk", HTMLUListElement).replaceChildren(...(items.length > 0 ? items : [nobody]));
}

function show({ request, response, numbers, problems }: Asking): HTMLElement[] {
  const list = make("ul");
  for (const { e164PhoneNumber, extension, shownName, selectable } of numbers) {
    const words = `${shownName} ${e164PhoneNumber}${extension ? `, extension ${extension}` : ""}`;
    list.append(make("li", {}, make("button", { type: "button", disabled: !selectable }, words)));
  }
  const wrong = problems.map((problem) => make("p", {}, make("em", {}, problem)));
  const wire = JSON.stringify({ request, response }, null, 2);
  return [list, ...wrong, make("details", {}, make("summary", {}, "Request and response"), make("pre", {}, wire))];
}
