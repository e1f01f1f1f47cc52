// The "Copy as test" button, which copies the session as a Playwright test.
import { copyOnClick } from "../../../dom/clipboard.ts";
import { element } from "../../../dom/element.ts";
import { testCode } from "../../replay/test-code.ts";
import type { Session } from "../../session/session.ts";
import { backend } from "../backend/backend.ts";
import type { Alert } from "../common/alert.ts";

const noReadyText =
  "The session cannot become a test, because the messages do not include READY, which starts a session. Press Reload, repeat your actions in the app, then copy again.";

export function createCopyTest(session: Pick<Session, "on" | "messages">, alert: Alert): void {
  const button = element("copyTest", HTMLButtonElement);
  let app: string | undefined;

  session.on("chosen", ({ url }) => {
    app = url === backend.appUrl(new URL(location.href)) ? undefined : url;
  });
  session.on("messageSent", ({ message }) => {
    if (message.type === "READY") alert.hide("copyTest");
  });
  // The browser calls the listeners in the order in which they are added, so this listener comes before the one that copies.
  button.addEventListener("click", (event) => {
    if (session.messages.some(({ type }) => type === "READY")) return;
    event.stopImmediatePropagation();
    alert.show("copyTest", noReadyText);
  });
  copyOnClick(button, () => testCode(session.messages, { app }));
}
