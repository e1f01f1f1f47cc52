// HubSpot loads the page anew whenever the user goes to another record. A call that runs meanwhile must not be lost: its
// fields wait until READY brings the id of its engagement. They do so in local storage, since Firefox forgets what is put
// into session storage while its frame is taken away.

const key = (engagementId: unknown) => `running call ${engagementId}`;

/** Stores the form's fields when the page goes, unless there is no engagement or its call is over. */
export function keepCall(form: HTMLFormElement): void {
  whereAllowed(() => localStorage.length); // where nothing was looked for before, Firefox stores nothing then either
  window.addEventListener("pagehide", () => {
    const fields = new FormData(form);
    const engagementId = fields.get("engagementId");
    const isOver = fields.get("callState") === "completed";
    whereAllowed(() => {
      if (isOver) localStorage.removeItem(key(engagementId));
      else if (engagementId) localStorage.setItem(key(engagementId), JSON.stringify([...fields]));
    });
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
