// The check's user actions for the example softphone, which starts the call itself when the user dials in HubSpot.
import type { FrameLocator } from "@playwright/test";

const press = (name: RegExp) => (frame: FrameLocator) => frame.getByRole("button", { name }).click();

export const receiveCall = press(/incoming/);
export const answer = press(/^Answer/);
export const hangUp = press(/Hang up/);
export const complete = press(/Save/);
