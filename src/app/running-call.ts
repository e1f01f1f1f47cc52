// HubSpot loads the page anew whenever the user goes to another record. A call that runs meanwhile must not be lost:
// its fields wait in the tab's session storage until READY brings the id of its engagement.

const key = "running call";

/**
 * Stores the form's fields, once they name an engagement. To be called whenever they have changed, not when the page
 * goes: what is stored while its frame is taken away, or in the second before, Firefox may forget.
 */
export function keepCall(form: HTMLFormElement): void {
  const fields = new FormData(form);
  if (fields.get("engagementId")) whereAllowed(() => sessionStorage.setItem(key, JSON.stringify([...fields])));
}

/** Fills in the fields as they were stored, unless they are of another engagement than this. */
export function restoreCall(form: HTMLFormElement, engagementId: string, fill: (name: string, value: unknown) => void) {
  whereAllowed(() => {
    const fields = new Map<string, unknown>(JSON.parse(sessionStorage.getItem(key) ?? "[]"));
    if (fields.get("engagementId") !== engagementId) return;
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
