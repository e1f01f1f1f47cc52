// The allowed call statuses and phone number types for an inbound call that an app reports to HubSpot. The settings command
// sends them; the simulator accepts them.
// Source: HubSpot's OpenAPI description of calling extensions, 2026-03.

export const finalCallStatuses = [
  "BUSY",
  "CALLING_CRM_USER",
  "CANCELED",
  "COMPLETED",
  "CONNECTING",
  "FAILED",
  "HOLD",
  "IN_PROGRESS",
  "MISSED",
  "NO_ANSWER",
  "QUEUED",
  "RINGING",
  "UNKNOWN",
] as const;

export const phoneNumberTypes = [
  "FIXED_LINE",
  "FIXED_LINE_OR_MOBILE",
  "MOBILE",
  "PAGER",
  "PERSONAL_NUMBER",
  "PREMIUM_RATE",
  "SHARED_COST",
  "TOLL_FREE",
  "UAN",
  "UNKNOWN",
  "VOICEMAIL",
  "VOIP",
] as const;
