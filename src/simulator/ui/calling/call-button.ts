// Dials in this page's app or in the calling window's app, for the Call buttons and `window.hubspot.dial`.
import type { DialedCall } from "../../crm/crm-records.ts";
import { callInProgress, callInProgressName, dialHere, notLoggedInName, notReadyName } from "../../session/dial.ts";
import type { Readiness } from "../../session/readiness.ts";
import type { Session } from "../../session/session.ts";
import { callsInWindow } from "../../session/settings.ts";
import type { Alert } from "../common/alert.ts";
import { showConfirmDialog } from "../common/confirm-dialog.ts";
import type { PageAddress } from "../common/page-address.ts";
import { openCallingWindow, waitForReadyApp } from "./calling-window.ts";
import { defaultSize } from "./providers.ts";

/**
 * Resolves when this page or the calling window has sent DIAL_NUMBER. Rejects with an Error that contains the reason.
 * @param force whether to dial even while a call is in progress
 */
export type Dial = (call: DialedCall, force?: boolean) => Promise<void>;
export type Calling = ReturnType<typeof createCalling>;

/** The alerts for these errors. The errors' own messages are for scripts. */
const alertTexts = new Map([
  [
    notLoggedInName,
    "HubSpot cannot dial, because the app has not reported a logged-in user. Send userLoggedIn from the app, then call again.",
  ],
  [notReadyName, "The app is not ready yet. Wait until the app's status is Ready, then call again."],
]);

export function createCalling(
  address: PageAddress,
  session: Session,
  readiness: Readiness,
  alert: Alert,
  linkedRecords: () => string,
) {
  let size = defaultSize;
  session.on("chosen", ({ width, height }) => {
    size = { width, height };
  });
  const openWindow = () =>
    openCallingWindow(session.settings.portalId, parametersOf(address, session, linkedRecords()), size);
  const dial: Dial = (call, force = false) => {
    if (!callsInWindow(session.settings)) return dialHere(session, readiness, call, force);
    session.setOpenRecord(call.page);
    return dialIn(openWindow(), call, force);
  };

  /**
   * Dials, or shows an alert with the reason for a failure. While a call is in progress, asks the user first. Resolves with
   * true if HubSpot has sent DIAL_NUMBER.
   */
  async function press(call: DialedCall, force = false): Promise<boolean> {
    try {
      await dial(call, force);
      alert.hide("window");
      alert.hide("login");
      return true;
    } catch (error) {
      const { name, message } = nameAndMessage(error);
      if (name === callInProgressName) return (await showConfirmDialog(message, "Call anyway")) && press(call, true);
      const isInWindow = callsInWindow(session.settings) && name !== notLoggedInName;
      alert.show(isInWindow ? "window" : "login", alertTexts.get(name) ?? message);
      return false;
    }
  }

  return {
    dial,
    press,
    /** Resolves with true, unless a call is in progress and the user does not confirm. */
    async mayLeave(confirmLabel: string): Promise<boolean> {
      return !session.isCalling || showConfirmDialog(callInProgress, confirmLabel);
    },
    /** Opens the calling window, or shows an alert if the window cannot be opened. */
    openWindow(): void {
      try {
        openWindow();
        alert.hide("window");
      } catch (error) {
        alert.show("window", nameAndMessage(error).message);
      }
    },
  };
}

async function dialIn(callingWindow: Window, { record, phone, page }: DialedCall, force: boolean): Promise<void> {
  const hubspot = await waitForReadyApp(callingWindow);
  try {
    await hubspot.dial({
      recordId: record.objectId,
      phoneNumber: phone.number,
      pageRecordId: page?.objectId ?? 0,
      force,
    });
  } catch (error) {
    const { name, message } = nameAndMessage(error);
    throw Object.assign(new Error(message), { name });
  }
}

/** Returns the URL parameters that give the calling window the same setup as this page. */
function parametersOf({ url }: PageAddress, { settings }: Session, records: string): URLSearchParams {
  const inAddress = Object.fromEntries(url.searchParams);
  const parameters = Object.entries({ ...inAddress, ...settings, ...(records && { records }) });
  return new URLSearchParams(parameters.map(([field, value]) => [field, `${value}`]));
}

/** `instanceof Error` is false for an error from another page. */
function nameAndMessage(error: unknown): { name: string; message: string } {
  const isError = typeof error === "object" && error !== null && "name" in error && "message" in error;
  return isError ? { name: String(error.name), message: String(error.message) } : { name: "", message: String(error) };
}
