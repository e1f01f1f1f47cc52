// What the user can set for a session, and what follows from it.
import type { SilentFrame } from "../rules/rule.ts";
import type { SyncFields } from "./sync.ts";

/** Ids are HubSpot's; times are in milliseconds. */
export type Settings = {
  portalId: number;
  userId: number;
  ownerId: number;
  iframeLocation: "widget" | "remote" | "window";
  usesCallingWindow: boolean;
  /** Time before the first SYNC; Infinity sends none. */
  syncDelay: number;
  withoutOwner: boolean;
  withoutUser: boolean;
  /** Sends every event twice. */
  twice: boolean;
  /** Sends ENGAGEMENT_CREATED too. */
  sendsDeprecated: boolean;
  /** Time in which the app has to answer SYNC, and then to say initialized. */
  timeout: number;
};

/** Which frame has to be silent, if the app's frame is one of these. */
export function silentFrame({ iframeLocation, usesCallingWindow }: Settings): SilentFrame | undefined {
  if (iframeLocation === "remote" && usesCallingWindow) return "remote";
  return iframeLocation === "window" && !usesCallingWindow ? "window" : undefined;
}

/** Whether calls are made in the calling window, which speaks then. */
export const callsInWindow = (settings: Settings) => silentFrame(settings) === "remote";

export function mustInitialize({ iframeLocation, usesCallingWindow }: Settings): boolean {
  return iframeLocation === "widget" || (iframeLocation === "window") === usesCallingWindow;
}

/** @param engagementId the call that the app goes on with */
export function syncFields(settings: Settings, engagementId: number | undefined): SyncFields {
  const { portalId, userId, ownerId, iframeLocation, usesCallingWindow, withoutUser, withoutOwner } = settings;
  return {
    portalId,
    ...(!withoutUser && { userId }),
    ...(!withoutOwner && { ownerId }),
    iframeLocation,
    usesCallingWindow,
    ...(engagementId !== undefined && { engagementId }),
  };
}
