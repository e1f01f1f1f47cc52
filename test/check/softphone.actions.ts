// User actions for test/support/faulty-softphone.ts.
import type { FrameLocator } from "@playwright/test";

const press = (name: string) => (frame: FrameLocator) => frame.getByRole("button", { name, exact: true }).click();

export const placeCall = press("Call");
export const receiveCall = press("Ring");
export const answer = press("Answer");
export const hangUp = press("Hang up");
export const complete = press("Complete");
