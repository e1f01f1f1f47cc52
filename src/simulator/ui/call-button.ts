// Calling from a record, as a person or a script does it: here, or in the calling window; not while a call runs.
import type { CrmRecord, PhoneNumber } from "../session/crm-records.ts";
import type { Session } from "../session/session.ts";
import type { createAlert } from "./alert.ts";
import { openCallingWindow, readyIn } from "./calling-window.ts";
import { showConfirmDialog } from "./confirm-dialog.ts";
import type { Readiness } from "./readiness.ts";

export type Dial = (record: CrmRecord, phone: PhoneNumber, force?: boolean) => Promise<void>;

/** Names of the errors that a person is told of otherwise than a script. */
const callRuns = "CallRunning";
const notLoggedIn = "NotLoggedIn";

/**
 * Opens calling.
 * @param open frames the chosen app, where no frame is open
 */
export function createCalling(
  session: Session,
  handshake: Readiness,
  alert: ReturnType<typeof createAlert>,
  open: () => void,
) {
  /** Whether a call is made in the calling window, which speaks then. */
  const isElsewhere = () => session.settings.iframeLocation === "remote" && session.settings.usesCallingWindow;

  /** Resolves when DIAL_NUMBER is sent, wherever; rejects with an Error that says what to do. */
  const dial: Dial = async (record, phone, force = false) => {
    if (isElsewhere()) {
      const there = await readyIn(showWindow());
      const dialled = there.dial({ recordId: record.objectId, phoneNumber: phone.number, force });
      return dialled.catch((error: unknown) => {
        const { name, message } = toldBy(error); // an Error of that page, not of this one
        throw Object.assign(new Error(message), { name });
      });
    }
    const runs = force ? undefined : session.busy();
    if (runs) throw Object.assign(new Error(runs), { name: callRuns });
    if (!session.isOpen()) {
      open();
      await handshake.ready;
    }
    const why = handshake.whyNot();
    if (why) throw new Error(why);
    if (!session.isLoggedIn()) {
      throw Object.assign(new Error("The app's user is not logged in: await hubspot.loggedIn"), { name: notLoggedIn });
    }
    session.dial(record, phone);
  };

  function showWindow(): Window {
    const parameters = Object.entries(session.settings).map(([field, value]) => [field, `${value}`]);
    return openCallingWindow(session.settings.portalId, new URLSearchParams(parameters));
  }

  /** As a person presses Call: what goes wrong is an alert, and that a call runs a question. */
  async function press(record: CrmRecord, phone: PhoneNumber, force = false): Promise<void> {
    try {
      await dial(record, phone, force);
      alert.over("window");
      alert.over("login");
    } catch (error) {
      const { name, message } = toldBy(error);
      if (name === callRuns) {
        if (await showConfirmDialog(message, "Call all the same")) await press(record, phone, true);
      } else if (name === notLoggedIn) {
        alert.show("login", "The app has not said that its user is logged in: HubSpot does not dial.");
      } else alert.show(isElsewhere() ? "window" : "login", message);
    }
  }

  /** Whether a person may do what HubSpot allows only when no call runs; if one does, asks. */
  async function mayLeave(yes: string): Promise<boolean> {
    const runs = session.busy();
    return !runs || showConfirmDialog(runs, yes);
  }

  return {
    dial,
    press,
    mayLeave,
    isElsewhere,
    /** Opens the calling window, or says in an alert why it does not. */
    openWindow(): void {
      try {
        showWindow();
        alert.over("window");
      } catch (error) {
        alert.show("window", toldBy(error).message);
      }
    },
  };
}

/** Of what was thrown, in the calling window by another page's Error. */
function toldBy(error: unknown): { name: string; message: string } {
  const isError = typeof error === "object" && error !== null && "name" in error && "message" in error;
  return isError ? { name: String(error.name), message: String(error.message) } : { name: "", message: String(error) };
}
