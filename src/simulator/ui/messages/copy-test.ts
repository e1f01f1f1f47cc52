// The "Copy as test" button: copies the session as a Playwright test.
import { copyOnClick } from "../../../dom/clipboard.ts";
import { element } from "../../../dom/element.ts";
import type { Session } from "../../session/session.ts";
import { testCode } from "../../session/test-code.ts";
import { backend } from "../backend/backend.ts";

export function createCopyTest(session: Pick<Session, "on" | "messages">): void {
  const button = element("copyTest", HTMLButtonElement);
  let app: string | undefined;

  /** A test starts with READY, which is missing before the handshake and after "Clear". */
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
