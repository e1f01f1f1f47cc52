// The "Copy as test" button, which copies the session as a Playwright test.
import { copyOnClick } from "../../../dom/clipboard.ts";
import { element } from "../../../dom/element.ts";
import type { Session } from "../../session/session.ts";
import { testCode } from "../../session/test-code.ts";
import { backend } from "../backend/backend.ts";
import type { Alert } from "../common/alert.ts";

const noReadyText =
  "The session cannot become a test, because the messages do not include READY, with which every test starts. Press Reload to start a new session, then record it.";

export function createCopyTest(session: Pick<Session, "on" | "messages">, alert: Alert): void {
  const button = element("copyTest", HTMLButtonElement);
  let app: string | undefined;

  session.on("chosen", ({ url }) => {
    app = url === backend.appUrl(new URL(location.href)) ? undefined : url;
  });
  session.on("messageSent", ({ message }) => {
    if (message.type === "READY") alert.hide("copyTest");
  });
  // This listener precedes the one that copies the test, because the browser calls the listeners in this order.
  button.addEventListener("click", (event) => {
    if (session.messages.some(({ type }) => type === "READY")) return;
    event.stopImmediatePropagation();
    alert.show("copyTest", noReadyText);
  });
  copyOnClick(button, () => testCode(session.messages, { app }));
}
