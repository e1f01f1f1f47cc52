// The field for the app's URL. The field suggests recent URLs.
import { element } from "../../../dom/element.ts";
import type { Session } from "../../session/session.ts";
import type { Alert } from "../common/alert.ts";
import type { PageStorage } from "../common/page-storage.ts";
import { appUrlOf, recentApps } from "./app-url.ts";

export function createAppField(
  session: Pick<Session, "on">,
  alert: Alert,
  storage: PageStorage,
  enter: (url: string) => void,
): void {
  const field = element("appUrl", HTMLInputElement);
  const list = element("recentApps", HTMLDataListElement);

  session.on("chosen", ({ url }) => {
    field.value = url;
    list.replaceChildren(...recentApps(storage).map((recent) => new Option(recent, recent)));
  });
  // Selects the text, so that the first key press replaces it. The browser suggests only URLs that contain the field's text.
  field.onfocus = () => field.select();
  element("appForm", HTMLFormElement).onsubmit = (event) => {
    event.preventDefault();
    const url = appUrlOf(field.value);
    if (url) {
      alert.hide("address");
      enter(url);
    } else {
      alert.show(
        "address",
        `“${field.value}” is not an app's address; enter an address such as localhost:3000 or https://app.example/.`,
      );
    }
  };
}
