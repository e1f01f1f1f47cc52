// The paths of HubSpot's calling endpoints in each version. The settings command calls them; the simulator answers them.

/** The first is the newest version with documentation that we have read in full. */
export const versions = ["2026-03", "2026-09", "2025-09", "v3"] as const;
export type Version = (typeof versions)[number];

/** The path for settings, recordings and inbound calls. */
export const callingPath = (version: Version) =>
  version === "v3" ? "/crm/v3/extensions/calling" : `/crm/extensions/calling/${version}`;

/** The path for calls as CRM objects. In 2025-09 and 2026-09, it is inferred from 2026-03. */
export const callsPath = (version: Version) =>
  version === "v3" ? "/crm/v3/objects/calls" : `/crm/objects/${version}/calls`;

/** HubSpot's default association between a call and each type of record. */
export const callAssociations = {
  contact: { associationTypeId: 194, objectTypeId: "0-1" },
  company: { associationTypeId: 182, objectTypeId: "0-2" },
  ticket: { associationTypeId: 220, objectTypeId: "0-5" },
};
