// The field for the app's URL. The field suggests recent URLs. Unless the user edits the field, it contains the loaded app's URL.
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

  const form = element("appForm", HTMLFormElement);
  let loadedUrl = "";

  session.on("chosen", ({ url }) => {
    loadedUrl = url;
    field.value = url;
    list.replaceChildren(...recentApps(storage).map((recent) => new Option(recent, recent)));
  });
  // Selects the text, so that the first key press replaces it. The browser suggests only URLs that contain the field's text.
  field.onfocus = () => field.select();
  field.onkeydown = ({ key }) => {
    if (key !== "Escape") return;
    field.value = loadedUrl;
    field.blur();
  };
  form.addEventListener("focusout", ({ relatedTarget }) => {
    const isInDialog = relatedTarget instanceof Element && relatedTarget.closest("dialog");
    const isInForm = relatedTarget instanceof Node && form.contains(relatedTarget);
    // If the user switches to another window, the field stays the active element.
    if (!isInDialog && !isInForm && document.activeElement !== field) field.value = loadedUrl;
  });
  // In Safari, a click does not move the focus to a button. The field must not lose its text before the click.
  form.querySelector("button")?.addEventListener("mousedown", (event) => event.preventDefault());
  form.onsubmit = (event) => {
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
