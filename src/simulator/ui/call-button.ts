// Calling from a record, by a button or from a script: here, or in the calling window; not while a call runs.
import type { CrmRecord, PhoneNumber } from "../session/crm-records.ts";
import type { Session } from "../session/session.ts";
import { callsInWindow } from "../session/settings.ts";
import type { Alert } from "./alert.ts";
import { openCallingWindow, readyIn } from "./calling-window.ts";
import { showConfirmDialog } from "./confirm-dialog.ts";
import type { Readiness } from "./readiness.ts";

/** Resolves when DIAL_NUMBER is sent, here or in the calling window; rejects with an Error that says what to do. */
export type Dial = (record: CrmRecord, phone: PhoneNumber, force?: boolean) => Promise<void>;
export type Calling = ReturnType<typeof createCalling>;

const whileCalling = "A call is under way: HubSpot lets its user dial, close or navigate only after callEnded.";

/** Names of the errors that the page does not show as they are. An Error of the calling window keeps its name. */
const callRuns = "CallRunning";
const notLoggedIn = "NotLoggedIn";

export function createCalling(session: Session, readiness: Readiness, alert: Alert) {
  const dial: Dial = (record, phone, force = false) =>
    callsInWindow(session.settings)
      ? dialInWindow(session, record, phone, force)
      : dialHere(session, readiness, record, phone, force);

  /** Dials, and shows what goes wrong as an alert. While a call runs, it asks first. */
  async function press(record: CrmRecord, phone: PhoneNumber, force = false): Promise<void> {
    try {
      await dial(record, phone, force);
      alert.over("window");
      alert.over("login");
    } catch (error) {
      const { name, message } = nameAndMessage(error);
      if (name === callRuns) {
        if (await showConfirmDialog(message, "Call all the same")) await press(record, phone, true);
      } else if (name === notLoggedIn) {
        alert.show("login", "The app has not said that its user is logged in: HubSpot does not dial.");
      } else alert.show(callsInWindow(session.settings) ? "window" : "login", message);
    }
  }

  return {
    dial,
    press,
    /** Whether the user may leave the app now. While a call runs, it asks. */
    async mayLeave(yes: string): Promise<boolean> {
      return !session.isCalling || showConfirmDialog(whileCalling, yes);
    },
    /** Opens the calling window, or shows why it cannot be opened. */
    openWindow(): void {
      try {
        openWindowOf(session);
        alert.over("window");
      } catch (error) {
        alert.show("window", nameAndMessage(error).message);
      }
    },
  };
}

async function dialHere(
  session: Session,
  readiness: Readiness,
  record: CrmRecord,
  phone: PhoneNumber,
  force: boolean,
): Promise<void> {
  if (!force && session.isCalling) throw Object.assign(new Error(whileCalling), { name: callRuns });
  if (!session.isOpen) {
    session.open();
    await readiness.ready;
  }
  const why = readiness.whyNot();
  if (why) throw new Error(why);
  if (!session.isLoggedIn) {
    throw Object.assign(new Error("The app's user is not logged in: await hubspot.loggedIn"), { name: notLoggedIn });
  }
  session.dial(record, phone);
}

async function dialInWindow(session: Session, record: CrmRecord, phone: PhoneNumber, force: boolean): Promise<void> {
  const there = await readyIn(openWindowOf(session));
  try {
    await there.dial({ recordId: record.objectId, phoneNumber: phone.number, force });
  } catch (error) {
    const { name, message } = nameAndMessage(error);
    throw Object.assign(new Error(message), { name });
  }
}

function openWindowOf({ settings }: Session): Window {
  const parameters = Object.entries(settings).map(([field, value]) => [field, `${value}`]);
  return openCallingWindow(settings.portalId, new URLSearchParams(parameters));
}

/** Name and message of an Error, which may be one of another page. */
function nameAndMessage(error: unknown): { name: string; message: string } {
  const isError = typeof error === "object" && error !== null && "name" in error && "message" in error;
  return isError ? { name: String(error.name), message: String(error.message) } : { name: "", message: String(error) };
}
