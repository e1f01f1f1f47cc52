// The "Copy as test" button, which copies the session as a Playwright test.
import { copyOnClick } from "../../../dom/clipboard.ts";
import { element } from "../../../dom/element.ts";
import type { Session } from "../../session/session.ts";
import { testCode } from "../../session/test-code.ts";
import { backend } from "../backend/backend.ts";

export function createCopyTest(session: Pick<Session, "on" | "messages">): void {
  const button = element("copyTest", HTMLButtonElement);
  let app: string | undefined;

  /** Enables the button if the messages include READY, because every test starts with READY. */
  function enable(): void {
    button.disabled = !session.messages.some(({ type }) => type === "READY");
  }
  session.on("chosen", ({ url }) => {
    app = url === backend.appUrl(new URL(location.href)) ? undefined : url;
  });
  session.on("messageSent", enable);
  session.on("cleared", enable);
  copyOnClick(button, () => testCode(session.messages, { app }));
  enable();
}
