// The paths of HubSpot's calling endpoints in each version. The settings command calls these endpoints; the simulator
// implements them.

/** The first version is the newest one whose documentation we have read in full. */
export const versions = ["2026-03", "2026-09", "2025-09", "v3"] as const;
export type Version = (typeof versions)[number];

/** The base path for settings, recordings and inbound calls. */
export const callingPath = (version: Version) =>
  version === "v3" ? "/crm/v3/extensions/calling" : `/crm/extensions/calling/${version}`;

/** The base path for calls as CRM objects. The paths in 2025-09 and 2026-09 are inferred from 2026-03. */
export const callsPath = (version: Version) =>
  version === "v3" ? "/crm/v3/objects/calls" : `/crm/objects/${version}/calls`;

/** HubSpot's default association types between a call and a contact, company or ticket. */
export const callAssociations = {
  contact: { associationTypeId: 194, objectTypeId: "0-1" },
  company: { associationTypeId: 182, objectTypeId: "0-2" },
  ticket: { associationTypeId: 220, objectTypeId: "0-5" },
};
