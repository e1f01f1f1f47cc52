// HubSpot loads the page anew whenever the user goes to another record. A call that runs meanwhile must not be lost: its
// fields wait under its engagement's id until READY brings that. They are stored whenever they change, and in local storage:
// what goes into the session's, or is stored as the frame is taken away, Firefox may forget.

const key = (engagementId: unknown) => `running call ${engagementId}`;
const running = ["ringing", "answered", "ended"];

/** Stores the form's fields while their call runs and has an engagement; when it is completed, they go. */
export function keepCall(form: HTMLFormElement): void {
  const fields = new FormData(form);
  const engagementId = fields.get("engagementId");
  const state = `${fields.get("callState")}`;
  if (!engagementId) return;
  whereAllowed(() => {
    if (running.includes(state)) localStorage.setItem(key(engagementId), JSON.stringify([...fields]));
    if (state === "completed") localStorage.removeItem(key(engagementId));
  });
}

/** Fills in the fields as they were stored with this engagement, if they were. */
export function restoreCall(form: HTMLFormElement, engagementId: string, fill: (name: string, value: unknown) => void) {
  whereAllowed(() => {
    const stored = localStorage.getItem(key(engagementId));
    if (!stored) return;
    const fields = new Map<string, unknown>(JSON.parse(stored));
    for (const [name, value] of fields) fill(name, value);
    for (const box of form.querySelectorAll<HTMLInputElement>("[type=checkbox]")) box.checked = fields.has(box.name);
  });
}

/** A browser may keep a frame from storing; the app goes on without. */
function whereAllowed(use: () => void): void {
  try {
    use();
  } catch (error) {
    console.warn(error);
  }
}
