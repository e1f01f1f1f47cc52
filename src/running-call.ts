// HubSpot loads the page anew whenever the user goes to another record. A call that runs meanwhile must not be lost:
// its fields wait in the tab's session storage until READY brings the id of its engagement.

const key = "running call";

/** Stores the form's fields when the page goes. */
export function keepCall(form: HTMLFormElement): void {
  window.addEventListener("pagehide", () => storage()?.setItem(key, JSON.stringify([...new FormData(form)])));
}

/** The fields as they were stored, by name; none if they are of another engagement than this. */
export function keptCall(engagementId: unknown): [name: string, value: unknown][] {
  const fields: [string, unknown][] = JSON.parse(storage()?.getItem(key) ?? "[]");
  return fields.some(([name, value]) => name === "engagementId" && value === `${engagementId}`) ? fields : [];
}

/** None where the browser keeps a frame from storing. */
function storage(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}
