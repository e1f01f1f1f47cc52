// User actions for the check and the browser tests. Omits placeCall, because the softphone starts the call by itself when the
// user dials in HubSpot.
import type { FrameLocator } from "@playwright/test";

const press = (name: RegExp) => (frame: FrameLocator) => frame.getByRole("button", { name }).click();

export const receiveCall = press(/incoming/);
export const answer = press(/^Answer/);
export const hangUp = press(/Hang up/);
export const complete = press(/Save/);
