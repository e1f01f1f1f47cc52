// User actions for this repository's calling app.
import type { FrameLocator } from "@playwright/test";

const press = (method: string) => (frame: FrameLocator) => frame.locator(`#${method}`).click();

export const placeCall = press("outgoingCall");
export const receiveCall = press("incomingCall");
export const answer = press("callAnswered");
export const hangUp = press("callEnded");
export const complete = press("callCompleted");
