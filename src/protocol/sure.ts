/**
 * Where a fact about the protocol comes from.
 * documented: HubSpot's documentation. sdk: only the SDK's types or code, or the behavior of browsers.
 * inferred: HubSpot's demo apps, public issue reports, or a similar message. chosen: no source; our choice.
 */
export type Sure = "documented" | "sdk" | "inferred" | "chosen";
