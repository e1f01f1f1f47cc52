// HubSpot's endpoints for calling in each of their versions: what the command line asks, and the simulator answers.

/** The newest that was read in full is the first. */
export const versions = ["2026-03", "2026-09", "2025-09", "v3"] as const;
export type Version = (typeof versions)[number];

/** Settings, recordings and inbound calls are under this path. */
export const callingPath = (version: Version) =>
  version === "v3" ? "/crm/v3/extensions/calling" : `/crm/extensions/calling/${version}`;

/** The calls as CRM objects; that every dated version has them at the same place is inferred from 2026-03. */
export const callsPath = (version: Version) =>
  version === "v3" ? "/crm/v3/objects/calls" : `/crm/objects/${version}/calls`;

/** HubSpot's default association of a call with each type of record, by the type's own id. */
export const callAssociations = {
  contact: { associationTypeId: 194, objectTypeId: "0-1" },
  company: { associationTypeId: 182, objectTypeId: "0-2" },
  ticket: { associationTypeId: 220, objectTypeId: "0-5" },
};
