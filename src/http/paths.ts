// The paths of HubSpot's calling endpoints in each version. The settings command calls them, the simulator answers.

/** The first is the newest version whose documentation was read in full. */
export const versions = ["2026-03", "2026-09", "2025-09", "v3"] as const;
export type Version = (typeof versions)[number];

/** Settings, recordings and inbound calls are under this path. */
export const callingPath = (version: Version) =>
  version === "v3" ? "/crm/v3/extensions/calling" : `/crm/extensions/calling/${version}`;

/** Calls as CRM objects. The paths of the other dated versions are inferred from 2026-03. */
export const callsPath = (version: Version) =>
  version === "v3" ? "/crm/v3/objects/calls" : `/crm/objects/${version}/calls`;

/** HubSpot's default association of a call with each type of record, by the type's own id. */
export const callAssociations = {
  contact: { associationTypeId: 194, objectTypeId: "0-1" },
  company: { associationTypeId: 182, objectTypeId: "0-2" },
  ticket: { associationTypeId: 220, objectTypeId: "0-5" },
};
