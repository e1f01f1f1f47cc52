import type { SilentFrame } from "../rules/rule.ts";
import type { SyncFields } from "./sync.ts";

/** Times are in milliseconds. */
export type Settings = {
  portalId: number;
  userId: number;
  ownerId: number;
  iframeLocation: "widget" | "remote" | "window";
  usesCallingWindow: boolean;
  /** Delay before the first SYNC. With Infinity, HubSpot sends no SYNC. */
  syncDelay: number;
  withoutOwner: boolean;
  withoutUser: boolean;
  callQueue: boolean;
  twice: boolean;
  sendsDeprecated: boolean;
  /** Time limit for the answer to SYNC, for initialized after SYNC_ACK, and for callEnded after END_CALL. */
  timeout: number;
};

/** Returns the location of the app's iframe if the app must not send messages from there. */
export function silentFrame({ iframeLocation, usesCallingWindow }: Settings): SilentFrame | undefined {
  if (iframeLocation === "remote" && usesCallingWindow) return "remote";
  return iframeLocation === "window" && !usesCallingWindow ? "window" : undefined;
}

/** Whether the app is loaded as a remote, and the calling window makes the calls and sends the messages. */
export const callsInWindow = (settings: Settings) => silentFrame(settings) === "remote";

export const mustInitialize = (settings: Settings) => silentFrame(settings) === undefined;

/** @param engagementId the id of the call in progress, which the app can resume */
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
