// The paths of HubSpot's calling endpoints in each of their versions: what the command line asks, and the stand-in answers.

/** The newest that was read in full is the first. */
export const versions = ["2026-03", "2026-09", "2025-09", "v3"] as const;
export type Version = (typeof versions)[number];

/** Settings, recordings and inbound calls are under this path. */
export const callingPath = (version: Version) =>
  version === "v3" ? "/crm/v3/extensions/calling" : `/crm/extensions/calling/${version}`;

/** The calls as CRM objects. */
export const callsPath = (version: Version) =>
  version === "v3" ? "/crm/v3/objects/calls" : `/crm/objects/${version}/calls`;
